/** The part of yauzl that scripts/setup/unpack-runtime.mjs uses; the package carries no types. */
declare module 'yauzl' {
  export interface Entry {
    readonly fileName: string
    readonly externalFileAttributes: number
  }
  export interface ZipFile {
    eachEntry(): AsyncIterable<Entry>
    openReadStreamPromise(entry: Entry): Promise<NodeJS.ReadableStream>
    close(): void
  }
  const yauzl: { openPromise(path: string): Promise<ZipFile> }
  export default yauzl
}
