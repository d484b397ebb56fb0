import { useTranslation } from 'react-i18next'
import type { FeedFile } from '../../../../shared/domain/feed/feed-file.ts'
import { useReplica } from '../../../db/use-replica.ts'
import { InstantText } from '../../../ui/instant-text.tsx'
import { SaveState } from '../../../ui/save-state.tsx'
import { Tag, type TagTone } from '../../../ui/tag.tsx'
import { useFormat } from '../../../ui/use-format.ts'
import { FeedCases } from './feed-cases.tsx'
import classes from './feeds.module.css'
import { QuarantineList } from './quarantine-list.tsx'

const TONES: Readonly<Record<FeedFile['state'], TagTone>> = { received: 'grey', imported: 'green', partlyQuarantined: 'amber', quarantined: 'red', seenBefore: 'grey' }

/** One statement file: what came in, what was set aside and why, and the cases it found proposals for. */
export function FeedFileRow({ file, claimIds }: { readonly file: FeedFile; readonly claimIds: readonly string[] }) {
  const { t } = useTranslation('verification')
  const format = useFormat()
  const importer = useReplica((view) => view.find('colleagues', file.importedById)?.name ?? '', [file.importedById])
  const unsettled = useReplica((view) => view.unsettledOf('feedFiles', file.id), [file.id])
  return (
    <li className={classes.row} data-testid="feed-row" data-file-id={file.id} data-state={file.state}>
      <div className={classes.rowHead}>
        <span className={classes.name}>{file.name}</span>
        <Tag tone={TONES[file.state]}>{t(`feeds.state.${file.state}`)}</Tag>
        <SaveState state={unsettled} />
        <span className={classes.meta}>
          {importer} · <InstantText atMs={file.importedAtMs} />
          {file.format !== null && ` · ${file.format}`} · {t('feeds.kilobytes', { size: format.number(Math.max(1, Math.round(file.sizeBytes / 1_000))) })}
        </span>
      </div>
      {file.state === 'received' && <p className={classes.quiet}>{t('feeds.receivedHint')}</p>}
      {file.state === 'seenBefore' && <p className={classes.quiet}>{t('feeds.seenBeforeHint')}</p>}
      {file.statementCount > 0 && (
        <p data-testid="feed-lines">
          {t('feeds.statements', { count: file.statementCount })} · {t('feeds.lines', { count: file.lineCount })} ·{' '}
          {file.proposalCount === 0 ? t('feeds.noProposals') : t('feeds.proposals', { count: file.proposalCount })}
        </p>
      )}
      <FeedCases claimIds={claimIds} />
      <QuarantineList file={file} />
    </li>
  )
}
