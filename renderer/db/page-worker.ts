/** The worker that inflates, parses and searches pages. One task at a time, in order. */
import '../app/start/zod-without-eval.ts' // first: the page's policy holds in workers too
import { askForCollection } from '../../shared/lib/ask-for-collection.ts'
import { EntryTexts } from '../search/entry-texts.ts'
import { buffersOf } from './fact-columns.ts'
import { parsePage } from './page-text.ts'
import type { PageAnswer, PageTask } from './worker-page-reader.ts'

let texts = new EntryTexts()
const scope = globalThis as unknown as { onmessage: unknown; postMessage(message: PageAnswer, transfer?: readonly Transferable[]): void }

const CALM_MS = 1_000
let calm: ReturnType<typeof setTimeout> | undefined

/** What inflating leaves behind, 60 MB of 100,000 entries, would lie about until something else makes buffers, which may be never. */
function collectSoon(): void {
  clearTimeout(calm)
  calm = setTimeout(askForCollection, CALM_MS)
}

async function answer(task: PageTask): Promise<void> {
  if (task.kind === 'forget') {
    if (task.pageNs === null) texts = new EntryTexts()
    else texts.forgetPages(new Set(task.pageNs))
    return
  }
  if (task.kind === 'find') {
    scope.postMessage({ id: task.id, value: texts.find(task.words, task.limit) })
    return
  }
  try {
    const { n, body } = task.page
    const into = texts
    const parsed = await parsePage(body, (row) => into.add(n, row))
    collectSoon()
    scope.postMessage({ id: task.id, value: parsed }, [
      parsed.text.buffer,
      ...parsed.entryGroups.flatMap(({ places, facts }) => [places.buffer, ...buffersOf(facts)]),
    ] as Transferable[])
  } catch {
    scope.postMessage({ id: task.id })
  }
}

scope.onmessage = ({ data }: MessageEvent<PageTask>) => void answer(data)
