type Props = { title: string; prefix?: string | undefined }

/**
 * Writes the title of the document. The metadata of Next cannot: the title has to name a refusal,
 * also without JavaScript, and only the form knows its refusal.
 */
export function DocumentTitle({ title, prefix }: Props) {
  return <title>{prefix ? `${prefix} ${title}` : title}</title>
}
