/** 200 while the process lives. */
export function GET() {
  return new Response('ok\n')
}
