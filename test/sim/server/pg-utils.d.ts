declare module 'pg/lib/utils.js'
