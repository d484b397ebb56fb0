declare module 'snappyjs' {
  /** @throws on bytes that are not Snappy, or longer than `maxLength` when unpacked */
  export function uncompress(bytes: Uint8Array, maxLength?: number): Uint8Array
  const snappy: { readonly uncompress: typeof uncompress }
  export default snappy
}
