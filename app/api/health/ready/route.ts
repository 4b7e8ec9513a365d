import { serve } from '@/app/_api/serve'

export { serve as GET, serve as HEAD, serve as OPTIONS }
