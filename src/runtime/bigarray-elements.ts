/** Elements of bigarrays as values, by the kind of the array. `at` is the address of the element. */

import { allocate, boxFloat, boxInteger } from './allocation'
import {
  KIND_CHAR,
  KIND_COMPLEX32,
  KIND_COMPLEX64,
  KIND_FLOAT16,
  KIND_FLOAT32,
  KIND_FLOAT64,
  KIND_INT16,
  KIND_INT32,
  KIND_INT64,
  KIND_INT8,
  KIND_NATIVEINT,
  KIND_UINT16,
  KIND_UINT8,
} from './bigarray-block'
import { floatOfHalf, halfOfFloat } from './half'
import { floatOfVal, intOfVal, payloadOfVal, valOfAddress, valOfInt } from './header'
import { CUSTOM_INT32, CUSTOM_INT64, CUSTOM_NATIVEINT, TAG_DOUBLE_ARRAY } from './layout'
import { Value } from './value'

/** May collect. */
export function loadElement(sp: usize, kind: i32, at: usize): Value {
  switch (kind) {
    case KIND_FLOAT16:
      return boxFloat(sp, floatOfHalf(load<u16>(at)))
    case KIND_FLOAT32:
      return boxFloat(sp, <f64>load<f32>(at))
    case KIND_FLOAT64:
      return boxFloat(sp, load<f64>(at))
    case KIND_INT8:
      return valOfInt(<i64>load<i8>(at))
    case KIND_UINT8:
    case KIND_CHAR:
      return valOfInt(<i64>load<u8>(at))
    case KIND_INT16:
      return valOfInt(<i64>load<i16>(at))
    case KIND_UINT16:
      return valOfInt(<i64>load<u16>(at))
    case KIND_INT32:
      return boxInteger(sp, CUSTOM_INT32, <i64>load<i32>(at))
    case KIND_INT64:
      return boxInteger(sp, CUSTOM_INT64, load<i64>(at))
    case KIND_NATIVEINT:
      return boxInteger(sp, CUSTOM_NATIVEINT, load<i64>(at))
    case KIND_COMPLEX32:
      return complex(sp, <f64>load<f32>(at), <f64>load<f32>(at, 4))
    case KIND_COMPLEX64:
      return complex(sp, load<f64>(at), load<f64>(at, 8))
    default:
      return valOfInt(load<i64>(at))
  }
}

/** A flat record of two floats. */
function complex(sp: usize, re: f64, im: f64): Value {
  const block = allocate(sp, 2, TAG_DOUBLE_ARRAY)
  if (!block) return 0
  store<f64>(block, re)
  store<f64>(block, im, 8)
  return valOfAddress(block)
}

export function storeElement(kind: i32, at: usize, v: Value): void {
  switch (kind) {
    case KIND_FLOAT16:
      return store<u16>(at, halfOfFloat(floatOfVal(v)))
    case KIND_FLOAT32:
      return store<f32>(at, <f32>floatOfVal(v))
    case KIND_FLOAT64:
      return store<f64>(at, floatOfVal(v))
    case KIND_INT8:
    case KIND_UINT8:
    case KIND_CHAR:
      return store<u8>(at, <u8>intOfVal(v))
    case KIND_INT16:
    case KIND_UINT16:
      return store<u16>(at, <u16>intOfVal(v))
    case KIND_INT32:
      return store<u32>(at, <u32>payloadOfVal(v))
    case KIND_INT64:
    case KIND_NATIVEINT:
      return store<i64>(at, payloadOfVal(v))
    case KIND_COMPLEX32:
      store<f32>(at, <f32>load<f64>(<usize>v))
      return store<f32>(at, <f32>load<f64>(<usize>v, 8), 4)
    case KIND_COMPLEX64:
      store<f64>(at, load<f64>(<usize>v))
      return store<f64>(at, load<f64>(<usize>v, 8), 8)
    default:
      return store<i64>(at, intOfVal(v))
  }
}
