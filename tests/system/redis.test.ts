import { describeCounting } from './counting'

describeCounting('redis-server')
