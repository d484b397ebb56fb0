import { ActionIcon, CopyButton } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './case.module.css'

/** A SHA-256, short to read and whole to copy. `name`: the file it belongs to. */
export function Fingerprint({ sha256, name }: { readonly sha256: string; readonly name: string }) {
  const { t } = useTranslation('verification')
  return (
    <span className={classes.fingerprint}>
      <code title={sha256}>{sha256.slice(0, 12)}…</code>
      <CopyButton value={sha256}>
        {({ copied, copy }) => (
          <ActionIcon size={22} aria-label={copied ? t('decided.copied') : t('decided.copy', { file: name })} onClick={copy}>
            {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
          </ActionIcon>
        )}
      </CopyButton>
    </span>
  )
}
