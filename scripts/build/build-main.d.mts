export function buildMain(options: { readonly outFolder: string; readonly canDebug: boolean; readonly sealsNothing?: boolean }): Promise<string[]>
