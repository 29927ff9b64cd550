/// <reference types="next/image-types/global" />
import type { StaticImageData } from 'next/image'
import backpack from './pictures/backpack.svg'
import bottle from './pictures/bottle.svg'
import camera from './pictures/camera.svg'
import headphones from './pictures/headphones.svg'
import kettle from './pictures/kettle.svg'
import lamp from './pictures/lamp.svg'
import laptop from './pictures/laptop.svg'
import phone from './pictures/phone.svg'
import plant from './pictures/plant.svg'
import shoes from './pictures/shoes.svg'
import speaker from './pictures/speaker.svg'
import watch from './pictures/watch.svg'

export type ProductId = keyof typeof PICTURES

/** The drawing of each product. A browser keeps the file: its name contains its hash. */
export const PICTURES = {
  backpack,
  bottle,
  camera,
  headphones,
  kettle,
  lamp,
  laptop,
  phone,
  plant,
  shoes,
  speaker,
  watch,
} satisfies Record<string, StaticImageData>
