/** One readable field of a command's input. */
export interface InputField {
  readonly path: readonly (string | number)[] // where the value lies in the arguments
  readonly name: string // last named step of the path: 'dueOn'
  readonly value: string | number | boolean | null
  readonly before: string | number | boolean | null | undefined // of an edit: what the person saw; undefined = not an edit
  readonly currency: string | null // beside an amount
  readonly zone: string | null // beside an instant
}

export interface FieldGroup {
  readonly name: string | null // 'followUps'; null = the command's own fields
  readonly position: number // 1 for the first of its name
  readonly fields: readonly InputField[]
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }
type Path = readonly (string | number)[]

const isScalar = (value: Json): value is string | number | boolean | null => typeof value !== 'object' || value === null
const isEdit = (value: Json): value is { readonly from: Json; readonly to: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).sort().join() === 'from,to'
const textAt = (record: { readonly [key: string]: Json }, key: string): string | null => {
  const value = record[key]
  if (typeof value === 'string') return value
  return value !== undefined && isEdit(value) && typeof value.to === 'string' ? value.to : null
}

/** Fields without a meaning for people: the record's own id, a file's fingerprint beside its name, and what stands beside an amount or instant. */
const HIDDEN = new Set(['id', 'sha256', 'currency', 'zone'])

function addFields(record: { readonly [key: string]: Json }, path: Path, fields: InputField[], groups: FieldGroup[]): void {
  const beside = { currency: textAt(record, 'currency'), zone: textAt(record, 'zone') }
  for (const [key, value] of Object.entries(record)) {
    const here = [...path, key]
    if (HIDDEN.has(key)) continue
    if (isScalar(value)) fields.push({ path: here, name: key, value, before: undefined, ...beside })
    else if (isEdit(value)) {
      if (isScalar(value.to) && isScalar(value.from)) fields.push({ path: [...here, 'to'], name: key, value: value.to, before: value.from, ...beside })
      else addNested(key, value.to, [...here, 'to'], fields, groups)
    } else if (key === 'edits') addFields(value as { readonly [key: string]: Json }, here, fields, groups)
    else addNested(key, value, here, fields, groups)
  }
}

function addNested(name: string, value: Json, path: Path, fields: InputField[], groups: FieldGroup[]): void {
  const items = Array.isArray(value) ? (value as readonly Json[]) : [value]
  items.forEach((item, index) => {
    const here = Array.isArray(value) ? [...path, index] : path
    if (isScalar(item)) fields.push({ path: here, name, value: item, before: undefined, currency: null, zone: null })
    else {
      const own: InputField[] = []
      const inner: FieldGroup[] = []
      addFields(item as { readonly [key: string]: Json }, here, own, inner)
      if (own.length > 0) groups.push({ name, position: index + 1, fields: own })
      groups.push(...inner)
    }
  })
}

/**
 * A command's whole input as groups of fields, in the order in which it was stated.
 * @param currency of amounts beside which the input names none, as in an edit; null = not known
 */
export function readInput(args: unknown, currency: string | null = null): readonly FieldGroup[] {
  if (typeof args !== 'object' || args === null || Array.isArray(args)) return []
  const fields: InputField[] = []
  const groups: FieldGroup[] = []
  addFields(args as { readonly [key: string]: Json }, [], fields, groups)
  return [{ name: null, position: 1, fields: fields.map((field) => ({ ...field, currency: field.currency ?? currency })) }, ...groups]
}

/** The arguments with one value replaced; what else they hold stays the same objects. */
export function withValue(args: unknown, path: Path, value: unknown): unknown {
  const [step, ...rest] = path
  if (step === undefined) return value
  if (Array.isArray(args)) return args.map((item, index) => (index === step ? withValue(item, rest, value) : item))
  const record = args as Readonly<Record<string, unknown>>
  return { ...record, [step]: withValue(record[step], rest, value) }
}
