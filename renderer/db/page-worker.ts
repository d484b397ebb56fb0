/** The worker that inflates, parses and searches pages. One task at a time, in order. */
import '../app/start/zod-without-eval.ts' // first: the page's policy holds in workers too
import { EntryTexts } from '../search/entry-texts.ts'
import { parsePage } from './page-text.ts'
import type { PageAnswer, PageTask } from './worker-page-reader.ts'

let texts = new EntryTexts()
const scope = globalThis as unknown as { onmessage: unknown; postMessage(message: PageAnswer, transfer?: readonly Transferable[]): void }

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
    scope.postMessage({ id: task.id, value: parsed }, [parsed.text.buffer, ...parsed.entryGroups.map(({ places }) => places.buffer)] as Transferable[])
  } catch {
    scope.postMessage({ id: task.id })
  }
}

scope.onmessage = ({ data }: MessageEvent<PageTask>) => void answer(data)
