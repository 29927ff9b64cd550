type Props = { title: string; prefix?: string | undefined }

/**
 * The one writer of a page's title. React writes it, and not the page's metadata, since a refused form has to stand in the
 * title without JavaScript too, and only the form knows of its refusal.
 */
export function DocumentTitle({ title, prefix }: Props) {
  return <title>{prefix ? `${prefix} ${title}` : title}</title>
}
