import { useTranslation } from 'react-i18next'
import type { CommandName } from '../../shared/commands/registry.ts'
import { useReplica } from '../db/use-replica.ts'
import { householdIdOfCall } from './household-of-call.ts'

export interface CallWords {
  readonly what: string // 'Log a contact'
  readonly household: string | null // its name; null = none, or not visible
  readonly subject: string | null // what the person called it: 'Vineyard sale'; null = nothing
}

interface Call {
  readonly name: string
  readonly args: unknown
}

/** The fields by which people tell one record from another. */
const subjectOf = (args: unknown): string | null => {
  const { subject, title, name } = (args ?? {}) as Readonly<Record<string, unknown>>
  return ([subject, title, name].find((text) => typeof text === 'string') as string | undefined) ?? null
}

/** A stored call in words. */
export function useCallWords(): (call: Call) => CallWords {
  const { t, i18n } = useTranslation('attention')
  const view = useReplica((replica) => ({ find: replica.find.bind(replica) as typeof replica.find }), [])
  return (call) => {
    const key = `command.${call.name as CommandName}` as const
    const id = householdIdOfCall(view, call)
    const added = call.name === 'household/add' ? ((call.args as { readonly name?: string }).name ?? null) : null
    return {
      what: i18n.exists(`attention:${key}`) ? t(key) : t('command.unknown'),
      household: (id !== null && view.find('households', id)?.name) || added,
      subject: subjectOf(call.args),
    }
  }
}
