import { element } from "./dom.ts";

const themes = ["system", "light", "dark"] as const;
type Theme = (typeof themes)[number];
const storageKey = "envtune-report-theme";

/** The switch between light and dark. `onChange` is called where colours have changed, by it or by the system. */
export function themeSwitch(onChange: () => void): HTMLElement {
  const apply = (theme: Theme) => {
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  };
  const select = element(
    "select",
    {
      id: "theme",
      "aria-label": "Colours",
      onchange: () => {
        apply(select.value as Theme);
        remember(select.value);
        onChange();
      },
    },
    ...themes.map((theme) => element("option", { value: theme }, theme[0]!.toUpperCase() + theme.slice(1))),
  );
  const kept = themes.find((theme) => theme === remembered()) ?? "system";
  select.value = kept;
  apply(kept);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", onChange);
  return select;
}

/** A browser may refuse storage to files; then the choice is for this time only. */
function remembered(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

function remember(theme: string): void {
  try {
    localStorage.setItem(storageKey, theme);
  } catch {}
}

/** A colour of the style sheet as it is now, such as `--accent`. */
export function colour(name: string): string {
  const probe = element("span", { style: `color: var(${name})`, hidden: true });
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}
