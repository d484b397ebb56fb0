import { Progress } from '@mantine/core'
import { useDisclosure, useLocalStorage, useMediaQuery } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import type { Colleague } from '../../../shared/domain/colleague/colleague.ts'
import { useReplicaPhase, useReplicaProgress } from '../../db/use-replica.ts'
import { LoadingState } from '../../ui/loading-state.tsx'
import { useReadyFlag } from '../../ui/use-ready-flag.ts'
import { useAppSelector } from '../store.ts'
import { Bar } from './bar.tsx'
import { KeysOverlay } from './keys-overlay.tsx'
import { Notices } from './notices.tsx'
import { PrintHead } from './print-head.tsx'
import { Rail } from './rail.tsx'
import { Screen } from './screen.tsx'
import classes from './shell.module.css'
import { SpotlightSearch } from './spotlight-search.tsx'
import { UndoToasts } from './undo-toasts.tsx'
import { useFrameHotkeys } from './use-frame-hotkeys.ts'
import { useIsUsable } from './use-is-usable.ts'

/** Households on their way to this laptop while the person works. */
function PullingBar() {
  const { t } = useTranslation('session')
  const progress = useReplicaProgress()
  const isCounted = progress.total !== null
  const share = progress.total ? progress.done / progress.total : 1
  return <Progress className={classes.pulling ?? ''} size={2} radius={0} value={100 * share} animated={!isCounted} aria-label={t('progress.more')} title={t('progress.more')} />
}

/** Before there is a screen that would be right. */
function Opening() {
  const { t } = useTranslation('session')
  const { phase, done, total } = useReplicaProgress()
  return <LoadingState label={t(`progress.${phase === 'filling' ? 'opening' : phase}`)} done={done} {...(total === null ? {} : { total })} />
}

function OpenShell({ colleague }: { readonly colleague: Colleague }) {
  const phase = useReplicaPhase()
  const isUsable = useIsUsable()
  const [isHelpOpen, help] = useDisclosure(false)
  const isSlim = useMediaQuery('(max-width: 900px)', false, { getInitialValueInEffect: false })
  const [isNarrowChosen, setIsNarrowChosen] = useLocalStorage({ key: 'rail-narrow', defaultValue: false, getInitialValueInEffect: false })
  useFrameHotkeys(colleague.role, help.open)
  useReadyFlag(isUsable, phase)
  return (
    <div className={classes.shell}>
      <Rail role={colleague.role} selfId={colleague.id} isNarrow={isNarrowChosen || isSlim} onToggle={() => setIsNarrowChosen((wasNarrow) => !wasNarrow)} />
      <div className={classes.work}>
        <PrintHead colleague={colleague} />
        <Bar colleague={colleague} />
        <Notices isUsable={isUsable} />
        {isUsable && (phase === 'pulling' || phase === 'filling') && <PullingBar />}
        <main className={classes.screen}>{isUsable ? <Screen /> : <Opening />}</main>
      </div>
      <SpotlightSearch role={colleague.role} onHelp={help.open} />
      <KeysOverlay isOpen={isHelpOpen} onClose={help.close} />
      <UndoToasts />
    </div>
  )
}

/** The frame of the unlocked app. */
export function Shell() {
  const colleague = useAppSelector((state) => state.session.colleague)
  return colleague && <OpenShell colleague={colleague} />
}
