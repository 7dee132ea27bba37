// Writes recorded exchanges as TypeScript against the declarations of the stripe package and lets the compiler judge them.
import {execFileSync} from 'node:child_process';
import {cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

// Method and path to the types of the parameters and of the answer.
const calls = [
  ['POST', /^\/v1\/checkout\/sessions$/, 'Stripe.Checkout.SessionCreateParams', 'Stripe.Checkout.Session'],
  ['GET', /^\/v1\/checkout\/sessions$/, 'Stripe.Checkout.SessionListParams', 'Page<Stripe.Checkout.Session>'],
  ['GET', /^\/v1\/checkout\/sessions\/[^/]+$/, 'Stripe.Checkout.SessionRetrieveParams', 'Stripe.Checkout.Session'],
  ['POST', /^\/v1\/checkout\/sessions\/[^/]+\/expire$/, 'Stripe.Checkout.SessionExpireParams', 'Stripe.Checkout.Session'],
  ['POST', /^\/v1\/customers$/, 'Stripe.CustomerCreateParams', 'Stripe.Customer'],
  ['GET', /^\/v1\/customers\/[^/]+$/, 'Stripe.CustomerRetrieveParams', 'Stripe.Customer | Stripe.DeletedCustomer'],
  ['POST', /^\/v1\/payment_intents$/, 'Stripe.PaymentIntentCreateParams', 'Stripe.PaymentIntent'],
  ['GET', /^\/v1\/payment_intents$/, 'Stripe.PaymentIntentListParams', 'Page<Stripe.PaymentIntent>'],
  ['GET', /^\/v1\/payment_intents\/[^/]+$/, 'Stripe.PaymentIntentRetrieveParams', 'Stripe.PaymentIntent'],
  ['GET', /^\/v1\/payment_methods\/[^/]+$/, 'Stripe.PaymentMethodRetrieveParams', 'Stripe.PaymentMethod'],
  ['POST', /^\/v1\/payment_methods\/[^/]+\/detach$/, 'Stripe.PaymentMethodDetachParams', 'Stripe.PaymentMethod'],
  ['POST', /^\/v1\/refunds$/, 'Stripe.RefundCreateParams', 'Stripe.Refund'],
  ['GET', /^\/v1\/refunds$/, 'Stripe.RefundListParams', 'Page<Stripe.Refund>'],
  ['GET', /^\/v1\/disputes$/, 'Stripe.DisputeListParams', 'Page<Stripe.Dispute>'],
  ['GET', /^\/v1\/events$/, 'Stripe.EventListParams', 'Page<Stripe.Event>'],
  ['POST', /^\/v1\/accounts$/, 'Stripe.AccountCreateParams', 'Stripe.Account'],
  ['GET', /^\/v1\/accounts\/[^/]+$/, 'Stripe.AccountRetrieveParams', 'Stripe.Account'],
  ['POST', /^\/v1\/account_links$/, 'Stripe.AccountLinkCreateParams', 'Stripe.AccountLink'],
  ['GET', /^\/v1\/payouts\/[^/]+$/, 'Stripe.PayoutRetrieveParams', 'Stripe.Payout'],
  ['GET', /^\/v1\/balance_transactions$/, 'Stripe.BalanceTransactionListParams', 'Page<Stripe.BalanceTransaction>'],
];

// Stripe takes every parameter as text; the declarations say what it means. Metadata is text for good.
function typed(text) {
  if (/^-?\d+$/.test(text)) return Number(text);
  return text === 'true' ? true : text === 'false' ? false : text;
}

function readForm(encoded) {
  const root = {};
  for (const [name, text] of new URLSearchParams(encoded)) {
    const parts = name.split(/\[|\]\[|\]/).filter((part, at) => part !== '' || at === 0);
    const value = parts.at(-2) === 'metadata' ? text : typed(text);
    if (name.endsWith('[]')) {
      parts.push(String(Object.keys(parts.reduce((node, part) => (node[part] ??= {}), root)).length));
    }
    parts.slice(0, -1).reduce((node, part) => (node[part] ??= {}), root)[parts.at(-1)] = value;
  }
  return lists(root);
}

function lists(node) {
  if (typeof node !== 'object' || node === null) return node;
  const keys = Object.keys(node);
  if (keys.length > 0 && keys.every((key, at) => key === String(at))) return keys.map(key => lists(node[key]));
  return Object.fromEntries(keys.map(key => [key, lists(node[key])]));
}

// Two values of the same shape and the same words are one case: ids, times and amounts tell nothing apart.
function shapeOf(value) {
  return JSON.stringify(value, (_, part) =>
    typeof part === 'number' ? 0 : typeof part === 'string' && /[0-9A-Za-z]{14}|:\/\//.test(part) ? '' : part);
}

// `'a' | 'b' | OtherString` is open to any text; without the last member a value that Stripe does not know is an error.
function closeUnions(folder) {
  let closed = 0;
  for (const entry of readdirSync(folder)) {
    const path = join(folder, entry);
    if (statSync(path).isDirectory()) closed += closeUnions(path);
    else if (/\.d\.[mc]?ts$/.test(entry)) {
      const text = readFileSync(path, 'utf8');
      const without = text.replace(/\s*\|\s*OtherString\b/g, () => (closed++, ''));
      if (without !== text) writeFileSync(path, without);
    }
  }
  return closed;
}

// Decimal numbers are a class of the library's own; the wire has text.
function literal(value) {
  return JSON.stringify(value).replace(/"(\w+_decimal)":"([^"]*)"/g, '"$1":decimal("$2")');
}

const exchanges = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const cases = new Map();
for (const {method, path, form, answer} of exchanges) {
  const call = calls.find(([verb, pattern]) => verb === method && pattern.test(path));
  if (!call) {
    console.error(`There is no type for ${method} ${path}.`);
    process.exit(1);
  }
  for (const [type, value] of [[call[2], readForm(form)], [call[3], answer]]) {
    const key = type + shapeOf(value);
    if (!cases.has(key)) cases.set(key, {type, value, of: `${method} ${path}`});
  }
}

const folder = mkdtempSync(join(here, 'checking-'));
let failed = false;
try {
  cpSync(join(here, 'node_modules', 'stripe'), join(folder, 'node_modules', 'stripe'), {recursive: true});
  const closed = closeUnions(join(folder, 'node_modules', 'stripe'));
  const lines = [
    `import type Stripe from 'stripe';`,
    `type Page<T> = {object: 'list'; data: T[]; has_more: boolean; url: string};`,
    `declare function decimal(text: string): never;`,
  ];
  let number = 0;
  for (const {type, value} of cases.values()) lines.push(`export const case${++number}: ${type} = ${literal(value)};`);
  writeFileSync(join(folder, 'cases.ts'), lines.join('\n') + '\n');
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({
    compilerOptions: {
      strict: true, noEmit: true, skipLibCheck: true, module: 'nodenext', moduleResolution: 'nodenext', target: 'es2022',
      lib: ['es2022', 'dom'], types: [],
    },
    files: ['cases.ts'],
  }));
  try {
    execFileSync(process.execPath, [join(here, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', folder], {encoding: 'utf8'});
  } catch (error) {
    failed = true;
    const found = (error.stdout ?? '') + (error.stderr ?? '');
    const all = [...cases.values()];
    console.log(found.split('\n').slice(0, 12).join('\n').replace(/^.*cases\.ts\((\d+),/gm, (whole, line) => `${all[Number(line) - 4]?.of ?? ''}: ${whole}`));
  }
  console.log(`${cases.size} cases of ${exchanges.length} exchanges, ${closed} open lists of values closed`);
} finally {
  rmSync(folder, {recursive: true});
}
process.exit(failed ? 1 : 0);
