/** A file of the build, with its size. */
export type Picture = { src: string; width: number; height: number }

type Props = Picture & { alt?: string; isFirst?: boolean; className?: string }

/**
 * The picture of a product. A browser loads it when it comes near the window, unless it is the first
 * of the page.
 */
export function ProductPicture({ src, width, height, alt = '', isFirst, className = '' }: Props) {
  return (
    // biome-ignore lint/performance/noImgElement: next/image adds a script to the page
    <img
      src={src}
      width={width}
      height={height}
      alt={alt}
      loading={isFirst ? 'eager' : 'lazy'}
      decoding="async"
      className={`aspect-square h-auto object-cover ${className}`}
    />
  )
}
