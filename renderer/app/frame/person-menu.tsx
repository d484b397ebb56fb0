import { Button, Popover, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Colleague } from '../../../shared/domain/colleague/colleague.ts'
import { SignOutButton } from '../../features/session/sign-out-button.tsx'
import { navigate } from '../navigation.ts'
import { lock } from '../session-actions.ts'
import { useAppSelector } from '../store.ts'
import classes from './person-menu.module.css'

const initialsOf = (name: string): string =>
  name
    .split(/\s+/)
    .filter((part) => !part.endsWith('.')) // titles: 'Dr.'
    .map((part) => part[0] ?? '')
    .slice(0, 2)
    .join('')
    .toUpperCase()

/** Who is working here; locking and signing out. */
export function PersonMenu({ colleague }: { readonly colleague: Colleague }) {
  const { t } = useTranslation()
  const firmName = useAppSelector((state) => state.session.firmName)
  const [isOpen, setIsOpen] = useState(false)
  const look = () => {
    setIsOpen(false)
    navigate('unsent')
  }
  return (
    <Popover width={280} position="bottom-end" trapFocus returnFocus opened={isOpen} onChange={setIsOpen}>
      <Popover.Target>
        <UnstyledButton className={classes.person ?? ''} data-testid="person-menu" onClick={() => setIsOpen((wasOpen) => !wasOpen)}>
          {initialsOf(colleague.name)}
          <VisuallyHidden>{`${t('person.menu')}: ${colleague.name}`}</VisuallyHidden>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown p="sm">
        <div className={classes.menu}>
          <div className={classes.who}>
            <p className={classes.name}>{colleague.name}</p>
            <p className={classes.meta}>{[t(`role.${colleague.role}`), firmName].filter(Boolean).join(' · ')}</p>
            <p className={classes.meta}>{colleague.email}</p>
          </div>
          <Button variant="subtle" color="gray" fullWidth justify="flex-start" data-testid="lock" onClick={() => void lock()}>
            {t('person.lock')}
          </Button>
          <SignOutButton onLook={look} />
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
