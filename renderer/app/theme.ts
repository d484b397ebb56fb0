import { ActionIcon, Button, createTheme, Input, type MantineColorsTuple, Menu, Modal, Popover, Tooltip } from '@mantine/core'

/** Deep teal: the one accent. Shades 7 and 8 carry white text, in the dark theme and in the light one; so do those of red. */
const accent: MantineColorsTuple = ['#e6f4f3', '#cbe7e5', '#9ad2ce', '#63bfb9', '#3aa8a2', '#1c918c', '#0d807b', '#0a7370', '#0a6664', '#07504e']
const red: MantineColorsTuple = ['#fdecea', '#fbd5d2', '#f5aeaa', '#f08c86', '#e5605a', '#d43f3a', '#c22f2b', '#b02525', '#a01c1c', '#821414']
const gray: MantineColorsTuple = ['#f6f7f8', '#f1f3f5', '#e3e6e9', '#d6dbdf', '#c0c8ce', '#8b959d', '#59636c', '#434c54', '#2b3237', '#1a2025']
const dark: MantineColorsTuple = ['#e7eaec', '#c8ced3', '#a1abb3', '#7f8a92', '#414a51', '#2a3035', '#1d2125', '#15181b', '#101315', '#0b0d0f']

const quickMotion = { transitionProps: { duration: 100 } }

/** Mantine in the app's dress: dense, 6 px corners, hairlines, shadows only on what floats. */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 8, dark: 7 },
  colors: { accent, red, gray, dark },
  black: '#1a2025',
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'Cascadia Mono', Menlo, Consolas, monospace",
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '1.35', sm: '1.4', md: '1.45', lg: '1.4', xl: '1.3' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '4px', sm: '6px', md: '6px', lg: '6px', xl: '6px' },
  defaultRadius: 'sm',
  headings: {
    fontWeight: '600',
    sizes: { h1: { fontSize: '20px', lineHeight: '28px' }, h2: { fontSize: '14px', lineHeight: '20px' }, h3: { fontSize: '13px', lineHeight: '20px' } },
  },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray', size: 28 } }),
    Button: Button.extend({ defaultProps: { size: 'xs' }, styles: { root: { fontWeight: 500, fontSize: '13px' } } }),
    InputWrapper: Input.Wrapper.extend({ styles: { label: { marginBottom: 4, fontSize: '13px', fontWeight: 500 }, description: { fontSize: '12px' } } }),
    Menu: Menu.extend({ defaultProps: { shadow: 'md', ...quickMotion } }),
    Modal: Modal.extend({ defaultProps: { centered: true, ...quickMotion }, styles: { title: { fontSize: '16px', fontWeight: 600 } } }),
    Popover: Popover.extend({ defaultProps: { shadow: 'md', ...quickMotion } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 400, withArrow: false, ...quickMotion } }),
  },
})
