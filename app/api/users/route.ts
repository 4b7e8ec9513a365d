import { serve } from '@/app/_api/serve'

export { serve as OPTIONS, serve as POST }
