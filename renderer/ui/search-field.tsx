import { CloseButton, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import type { Ref } from 'react'
import { useTranslation } from 'react-i18next'

interface SearchFieldProps {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly label: string
  readonly placeholder?: string
  readonly inputRef?: Ref<HTMLInputElement>
  readonly testId?: string
}

/** Filters what is on the screen. Esc empties it first, and only then leaves. */
export function SearchField({ value, onChange, label, placeholder, inputRef, testId }: SearchFieldProps) {
  const { t } = useTranslation()
  return (
    <TextInput
      ref={inputRef}
      size="xs"
      type="search"
      aria-label={label}
      placeholder={placeholder ?? label}
      value={value}
      data-testid={testId}
      leftSection={<IconSearch size={14} aria-hidden />}
      rightSection={value !== '' && <CloseButton size="xs" aria-label={t('action.clear')} onClick={() => onChange('')} />}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || value === '') return
        event.stopPropagation()
        onChange('')
      }}
    />
  )
}
