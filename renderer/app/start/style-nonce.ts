import { setNonce } from 'get-nonce'

/** The nonce that lets generated style sheets in; main writes it into the page with every load. */
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''

export const getStyleNonce = (): string => nonce

setNonce(nonce) // for the scroll lock below dialogs, which writes its own style sheet
