import {
  ArrowLeft as arrowLeft,
  ArrowRight as arrowRight,
  AtSign as atSign,
  Backpack as backpack,
  Camera as camera,
  ChevronDown as chevronDown,
  CircleAlert as circleAlert,
  CircleCheck as circleCheck,
  Clock as clock,
  Coins as coins,
  CookingPot as cookingPot,
  Download as download,
  Eye as eye,
  EyeOff as eyeOff,
  Gift as gift,
  Headphones as headphones,
  History as history,
  House as house,
  type IconNode,
  Info as info,
  KeyRound as keyRound,
  Laptop as laptop,
  LoaderCircle as loaderCircle,
  LockOpen as lockOpen,
  LogIn as logIn,
  LogOut as logOut,
  Mail as mail,
  MessageCircle as messageCircle,
  MessageSquareText as messageSquareText,
  Minus as minus,
  MonitorSmartphone as monitorSmartphone,
  Phone as phone,
  Plus as plus,
  RadioTower as radioTower,
  RotateCcw as rotateCcw,
  ScrollText as scrollText,
  Search as search,
  Send as send,
  ShieldCheck as shieldCheck,
  ShieldPlus as shieldPlus,
  ShieldX as shieldX,
  ShoppingBag as shoppingBag,
  ShoppingCart as shoppingCart,
  Smartphone as smartphone,
  Snowflake as snowflake,
  Star as star,
  Tablet as tablet,
  ThumbsUp as thumbsUp,
  Trash2 as trash2,
  TriangleAlert as triangleAlert,
  Trophy as trophy,
  Truck as truck,
  UserPlus as userPlus,
  UserX as userX,
} from 'lucide'
import { createElement, type SVGProps } from 'react'

export type IconType = (props: SVGProps<SVGSVGElement>) => React.JSX.Element

/**
 * Icons from Lucide's drawings. `lucide-react` has client components; these cost no script in a
 * server component.
 */
function icon(drawing: IconNode): IconType {
  return (props) => (
    <svg
      aria-hidden
      width={24}
      height={24}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      {...props}
    >
      {drawing.map(([tag, attributes]) =>
        createElement(tag, { key: JSON.stringify(attributes), ...attributes }),
      )}
    </svg>
  )
}

export const ArrowLeft = /*#__PURE__*/ icon(arrowLeft)
export const ArrowRight = /*#__PURE__*/ icon(arrowRight)
export const AtSign = /*#__PURE__*/ icon(atSign)
export const Backpack = /*#__PURE__*/ icon(backpack)
export const Camera = /*#__PURE__*/ icon(camera)
export const ChevronDown = /*#__PURE__*/ icon(chevronDown)
export const CircleAlert = /*#__PURE__*/ icon(circleAlert)
export const CircleCheck = /*#__PURE__*/ icon(circleCheck)
export const Clock = /*#__PURE__*/ icon(clock)
export const Coins = /*#__PURE__*/ icon(coins)
export const CookingPot = /*#__PURE__*/ icon(cookingPot)
export const Download = /*#__PURE__*/ icon(download)
export const Eye = /*#__PURE__*/ icon(eye)
export const EyeOff = /*#__PURE__*/ icon(eyeOff)
export const Gift = /*#__PURE__*/ icon(gift)
export const Headphones = /*#__PURE__*/ icon(headphones)
export const History = /*#__PURE__*/ icon(history)
export const House = /*#__PURE__*/ icon(house)
export const Info = /*#__PURE__*/ icon(info)
export const KeyRound = /*#__PURE__*/ icon(keyRound)
export const Laptop = /*#__PURE__*/ icon(laptop)
export const LoaderCircle = /*#__PURE__*/ icon(loaderCircle)
export const LockOpen = /*#__PURE__*/ icon(lockOpen)
export const LogIn = /*#__PURE__*/ icon(logIn)
export const LogOut = /*#__PURE__*/ icon(logOut)
export const Mail = /*#__PURE__*/ icon(mail)
export const MessageCircle = /*#__PURE__*/ icon(messageCircle)
export const MessageSquareText = /*#__PURE__*/ icon(messageSquareText)
export const MonitorSmartphone = /*#__PURE__*/ icon(monitorSmartphone)
export const Phone = /*#__PURE__*/ icon(phone)
export const RotateCcw = /*#__PURE__*/ icon(rotateCcw)
export const ScrollText = /*#__PURE__*/ icon(scrollText)
export const Search = /*#__PURE__*/ icon(search)
export const Send = /*#__PURE__*/ icon(send)
export const ShieldCheck = /*#__PURE__*/ icon(shieldCheck)
export const ShieldPlus = /*#__PURE__*/ icon(shieldPlus)
export const ShieldX = /*#__PURE__*/ icon(shieldX)
export const ShoppingBag = /*#__PURE__*/ icon(shoppingBag)
export const Smartphone = /*#__PURE__*/ icon(smartphone)
export const Snowflake = /*#__PURE__*/ icon(snowflake)
export const Tablet = /*#__PURE__*/ icon(tablet)
export const ThumbsUp = /*#__PURE__*/ icon(thumbsUp)
export const Trash2 = /*#__PURE__*/ icon(trash2)
export const TriangleAlert = /*#__PURE__*/ icon(triangleAlert)
export const Trophy = /*#__PURE__*/ icon(trophy)
export const Truck = /*#__PURE__*/ icon(truck)
export const UserPlus = /*#__PURE__*/ icon(userPlus)
export const UserX = /*#__PURE__*/ icon(userX)
export const Minus = /*#__PURE__*/ icon(minus)
export const RadioTower = /*#__PURE__*/ icon(radioTower)
export const Plus = /*#__PURE__*/ icon(plus)
export const ShoppingCart = /*#__PURE__*/ icon(shoppingCart)
export const Star = /*#__PURE__*/ icon(star)
