import { defineHints } from "../../src/feedback/define-hints.ts";
import { alreadyAtRoot, fileInstead, nestedPath, noSuchDirectory } from "./hints/change-directory.ts";
import { missing } from "./hints/missing.ts";
import { directoryInstead, invalidName, invalidNewName, taken } from "./hints/names.ts";
import {
  fileToRemove,
  invalidMode,
  invalidTarget,
  noStart,
  notEmpty,
  nothingToCompare,
  nothingToWriteTo,
} from "./hints/text-tools.ts";
import { transfer } from "./hints/transfer.ts";
import { fileSystem } from "./index.ts";

/** The tools that read one file fail in the same two ways. */
const readsFile = { notFound: missing("file_name", "file"), isDirectory: directoryInstead("file_name") };
const transfers = {
  notFound: transfer,
  destinationIsPath: transfer,
  destinationIsFile: transfer,
  treeTooLarge: transfer,
  exists: transfer,
};

/** What to say about the failures of the file system's tools. */
export const fileSystemHints = defineHints(fileSystem, {
  cat: { ...readsFile, invalidCharacter: invalidName("file_name", "file") },
  sort: readsFile,
  grep: readsFile,
  tail: readsFile,
  wc: { ...readsFile, invalidMode },
  diff: { notFound: nothingToCompare },
  find: { notFound: noStart },
  cd: { nestedPath, alreadyAtRoot, notFound: noSuchDirectory, isFile: fileInstead },
  mkdir: { invalidCharacter: invalidNewName("dir_name", "directory"), exists: taken("dir_name", "directory") },
  touch: { invalidCharacter: invalidNewName("file_name", "file"), exists: taken("file_name", "file") },
  echo: {
    invalidCharacter: invalidTarget,
    notFound: nothingToWriteTo,
    isDirectory: directoryInstead("file_name"),
  },
  rm: { notFound: missing("file_name", "file or directory") },
  rmdir: { notFound: missing("dir_name", "directory"), isFile: fileToRemove, notEmpty },
  mv: transfers,
  cp: transfers,
});
