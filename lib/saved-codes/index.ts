export { isSavedCodeOf } from './code'
export { isShowable, SHOWABLE_SECONDS, sealMade, showOnce } from './show'
export {
  addCode,
  endLiveCode,
  findFrozenCode,
  findLiveCode,
  findNewestCode,
  type MadeCode,
  spendFrozenCode,
  spendLiveCode,
} from './store'
