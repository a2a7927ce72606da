//! Which vector unit this machine has, and loops compiled for it. The one place of this workspace
//! with `unsafe`: a function compiled for an instruction set is called after asking whether the
//! machine has it, and nothing else.
#![allow(unsafe_code)]

/// A vector unit that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// What every machine has.
    Plain,
    /// 256 bits.
    #[cfg(target_arch = "x86_64")]
    Avx2(Found),
    /// 512 bits.
    #[cfg(target_arch = "x86_64")]
    Avx512(Found),
}

/// Only [`Unit::found`] makes one, after asking the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found(());

impl Unit {
    /// The widest unit that this machine has.
    pub fn found() -> Self {
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512cd")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512vl")
                && is_x86_feature_detected!("avx2")
                && is_x86_feature_detected!("bmi1")
                && is_x86_feature_detected!("bmi2")
                && is_x86_feature_detected!("popcnt")
            {
                return Self::Avx512(Found(()));
            }
            if is_x86_feature_detected!("avx2")
                && is_x86_feature_detected!("bmi1")
                && is_x86_feature_detected!("bmi2")
                && is_x86_feature_detected!("popcnt")
            {
                return Self::Avx2(Found(()));
            }
        }
        Self::Plain
    }

    /// Runs a loop. Marked `inline(always)`, it is compiled once for each unit.
    #[inline(always)]
    pub fn run<R>(self, work: impl FnOnce() -> R) -> R {
        match self {
            Self::Plain => work(),
            // SAFETY: a `Found` exists only if the machine has every feature of the function.
            #[cfg(target_arch = "x86_64")]
            Self::Avx2(Found(())) => unsafe { avx2(work) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Self::Avx512(Found(())) => unsafe { avx512(work) },
        }
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,bmi1,bmi2,popcnt")]
fn avx2<R>(work: impl FnOnce() -> R) -> R {
    work()
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx2,bmi1,bmi2,popcnt")]
fn avx512<R>(work: impl FnOnce() -> R) -> R {
    work()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_comes_to_the_same() {
        let values: Vec<i64> = (0..1000).map(|value| value * 37 % 101).collect();
        let sum = || values.iter().sum::<i64>();
        assert_eq!(Unit::found().run(sum), Unit::Plain.run(sum));
    }
}
