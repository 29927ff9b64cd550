import { DocumentTitle } from '@/components/document-title'
import { documentTitle, type Screen } from './screens'

/** The title of a page that has no form: a form writes the title itself. */
export async function PageTitle({ screen }: { screen: Screen }) {
  return <DocumentTitle title={await documentTitle(screen)} />
}
