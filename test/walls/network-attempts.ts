import type { SinkPorts } from './sinks.ts'

/**
 * The ways out of a page that there are, one a channel. Each runs in the page's own world, as code of the page's would;
 * what it throws is as good as a refusal. `leaves` = in an open page the document itself goes away with it.
 */
export interface Attempt {
  readonly name: string
  readonly leaves?: true
  readonly run: (to: SinkPorts) => unknown
}

export const networkAttempts: readonly Attempt[] = [
  { name: 'fetch', run: ({ http }) => fetch(`${http}/fetch`, { mode: 'no-cors' }) },
  {
    name: 'XMLHttpRequest',
    run: ({ http }) => {
      const request = new XMLHttpRequest()
      request.open('GET', `${http}/xhr`)
      request.send()
    },
  },
  { name: 'sendBeacon', run: ({ http }) => navigator.sendBeacon(`${http}/beacon`, 'x') },
  { name: 'EventSource', run: ({ http }) => new EventSource(`${http}/events`) && undefined },
  { name: 'WebSocket', run: ({ http }) => new WebSocket(`${http.replace('http', 'ws')}/socket`) && undefined },
  {
    name: 'WebTransport',
    run: ({ quicUdp }) => {
      const Transport = (globalThis as unknown as { WebTransport: new (url: string) => { ready: Promise<unknown>; closed: Promise<unknown> } }).WebTransport
      const transport = new Transport(`https://127.0.0.1:${quicUdp}/transport`)
      transport.closed.catch(() => undefined)
      return transport.ready
    },
  },
  {
    name: 'img and srcset',
    run: ({ http }) => {
      new Image().src = `${http}/img`
      const image = document.createElement('img')
      image.srcset = `${http}/img-set 1x`
      document.body.append(image)
    },
  },
  {
    name: 'css url()',
    run: ({ http }) => {
      document.body.style.backgroundImage = `url(${http}/css-url)`
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(`body { border-image-source: url(${http}/css-sheet); cursor: url(${http}/css-cursor), auto }`)
      document.adoptedStyleSheets.push(sheet)
    },
  },
  {
    name: 'css @import',
    run: ({ http }) => {
      const style = document.createElement('style')
      style.append(`@import url(${http}/css-import);`)
      document.head.append(style)
    },
  },
  { name: 'font-face', run: ({ http }) => new FontFace('Evil', `url(${http}/font)`).load() },
  {
    name: 'stylesheet link',
    run: ({ http }) => {
      document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: `${http}/style-link` }))
    },
  },
  {
    name: 'script src',
    run: ({ http }) => {
      const script = document.createElement('script')
      script.src = `${http}/script`
      document.head.append(script)
    },
  },
  { name: 'module import()', run: ({ http }) => import(/* @vite-ignore */ `${http}/module`) },
  {
    name: 'worker',
    run: ({ http }) => {
      const source = URL.createObjectURL(new Blob([`fetch('${http}/worker-fetch', { mode: 'no-cors' }); importScripts('${http}/worker-script')`], { type: 'text/javascript' }))
      new Worker(source)
    },
  },
  {
    name: 'shared worker',
    run: ({ http }) => {
      const source = URL.createObjectURL(new Blob([`fetch('${http}/shared-worker', { mode: 'no-cors' })`], { type: 'text/javascript' }))
      new SharedWorker(source)
    },
  },
  { name: 'service worker', run: ({ http }) => navigator.serviceWorker.register(`${http}/service-worker`) },
  {
    name: 'iframe',
    run: ({ http }) => {
      document.body.append(Object.assign(document.createElement('iframe'), { src: `${http}/frame` }))
    },
  },
  {
    name: 'object and embed',
    run: ({ http }) => {
      document.body.append(Object.assign(document.createElement('object'), { data: `${http}/object` }))
      document.body.append(Object.assign(document.createElement('embed'), { src: `${http}/embed` }))
    },
  },
  {
    name: 'video, audio and track',
    run: ({ http }) => {
      document.body.append(Object.assign(document.createElement('video'), { src: `${http}/video`, poster: `${http}/poster`, preload: 'auto' }))
      new Audio(`${http}/audio`).load()
    },
  },
  {
    name: 'link prefetch, preload, icon, manifest',
    run: ({ http }) => {
      for (const rel of ['prefetch', 'modulepreload', 'icon', 'manifest']) document.head.append(Object.assign(document.createElement('link'), { rel, href: `${http}/link-${rel}` }))
      document.head.append(Object.assign(document.createElement('link'), { rel: 'preload', as: 'image', href: `${http}/link-preload` }))
    },
  },
  {
    name: 'link preconnect and dns-prefetch',
    run: ({ connectTcp }) => {
      for (const rel of ['preconnect', 'dns-prefetch']) document.head.append(Object.assign(document.createElement('link'), { rel, href: `http://127.0.0.1:${connectTcp}` }))
    },
  },
  {
    name: 'svg image, use and xslt',
    run: ({ http }) => {
      const svg = (tag: string, attribute: string, path: string) => {
        const root = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
        const part = document.createElementNS('http://www.w3.org/2000/svg', tag)
        part.setAttribute(attribute, `${http}${path}`)
        root.append(part)
        document.body.append(root)
      }
      svg('image', 'href', '/svg-image')
      svg('use', 'href', '/svg-use#x')
      svg('feImage', 'href', '/svg-filter')
      const sheet = new DOMParser().parseFromString(
        `<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:import href="${http}/xslt"/></xsl:stylesheet>`,
        'application/xml',
      )
      new XSLTProcessor().importStylesheet(sheet)
    },
  },
  {
    name: 'WebRTC by STUN (UDP)',
    run: async ({ stunUdp }) => {
      const peer = new RTCPeerConnection({ iceServers: [{ urls: [`stun:127.0.0.1:${stunUdp}`] }] })
      peer.createDataChannel('x')
      await peer.setLocalDescription(await peer.createOffer())
    },
  },
  {
    name: 'WebRTC by TURN (TCP)',
    run: async ({ turnTcp }) => {
      const peer = new RTCPeerConnection({ iceServers: [{ urls: [`turn:127.0.0.1:${turnTcp}?transport=tcp`], username: 'u', credential: 'c' }], iceTransportPolicy: 'relay' })
      peer.createDataChannel('x')
      await peer.setLocalDescription(await peer.createOffer())
    },
  },
  {
    name: 'a[ping], a[download] and window.open',
    leaves: true,
    run: ({ http }) => {
      const link = Object.assign(document.createElement('a'), { href: '#x', ping: `${http}/ping` })
      const download = Object.assign(document.createElement('a'), { href: `${http}/download`, download: 'x' })
      document.body.append(link, download)
      link.click()
      window.open(`${http}/open-window`)
      setTimeout(() => download.click(), 100)
    },
  },
  {
    name: 'form POST',
    leaves: true,
    run: ({ http }) => {
      const form = Object.assign(document.createElement('form'), { action: `${http}/form`, method: 'post' })
      document.body.append(form)
      form.submit()
    },
  },
  {
    name: 'location and meta refresh',
    leaves: true,
    run: ({ http }) => {
      const meta = Object.assign(document.createElement('meta'), { httpEquiv: 'refresh', content: `0;url=${http}/meta-refresh` })
      document.head.append(meta)
      setTimeout(() => location.assign(`${http}/page-location`), 300)
    },
  },
]
