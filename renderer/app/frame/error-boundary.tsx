import { Button, Code } from '@mantine/core'
import { IconMoodSad } from '@tabler/icons-react'
import { Component, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../ui/empty-state.tsx'

interface ErrorBoundaryProps {
  readonly resetKey: string // another key: another screen, which starts whole
  readonly children: ReactNode
}

function Stopped({ message, onRetry }: { readonly message: string; readonly onRetry: () => void }) {
  const { t } = useTranslation()
  return (
    <EmptyState
      icon={<IconMoodSad size={32} stroke={1.5} />}
      title={t('error.boundaryTitle')}
      hint={t('error.boundaryHint')}
      action={
        <>
          <Code block mb="md">
            {message}
          </Code>
          <Button onClick={onRetry}>{t('error.boundaryAction')}</Button>
        </>
      }
    />
  )
}

/** Keeps a screen that fails from taking the frame with it. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly error: unknown }> {
  override state = { error: null as unknown }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override componentDidUpdate(previous: ErrorBoundaryProps) {
    if (previous.resetKey !== this.props.resetKey && this.state.error !== null) this.setState({ error: null })
  }

  override render() {
    const { error } = this.state
    if (error === null) return this.props.children
    return <Stopped message={error instanceof Error ? `${error.name}: ${error.message}` : String(error)} onRetry={() => this.setState({ error: null })} />
  }
}
