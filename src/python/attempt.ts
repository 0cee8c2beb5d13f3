import { PythonError } from "./error.ts";

/** What a computation gives, or the exception that Python raises on the way to it; an error of our own is thrown on. */
export function attempt<T>(compute: () => T): T | PythonError {
  try {
    return compute();
  } catch (error) {
    if (error instanceof PythonError) return error;
    throw error;
  }
}
