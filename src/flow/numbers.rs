//! All functions under check in one row, for passes over the whole program; and lists by such numbers.

use crate::flow::Program;
use crate::flow::ids::Func;

/// The number of each function, in order of paths and positions.
#[derive(Clone, Debug, Default)]
pub struct Numbers {
    /// The first unit of each file, then the number of units.
    units: Vec<u32>,
    /// The first function of each unit, then the number of functions.
    functions: Vec<u32>,
}

impl Numbers {
    pub fn of(program: &Program) -> Numbers {
        let mut numbers = Numbers::default();
        let mut count = 0;
        for of_file in &program.shares {
            numbers.units.push(numbers.functions.len() as u32);
            for share in of_file {
                numbers.functions.push(count);
                count += share.functions.len() as u32;
            }
        }
        numbers.units.push(numbers.functions.len() as u32);
        numbers.functions.push(count);
        numbers
    }

    /// How many functions there are.
    pub fn count(&self) -> usize {
        self.functions.last().map_or(0, |count| *count as usize)
    }

    /// The number of a function; none for functions of dependencies.
    pub fn of_function(&self, func: Func) -> Option<u32> {
        let [first, next] = *self.units.get(func.file.0 as usize..func.file.0 as usize + 2)? else {
            return None;
        };
        let unit = first + func.unit.0;
        if unit >= next {
            return None;
        }
        let number = self.functions[unit as usize] + func.id.0;
        (number < self.functions[unit as usize + 1]).then_some(number)
    }
}

/// A list for each number.
#[derive(Clone, Debug)]
pub struct Lists<T> {
    starts: Vec<u32>,
    all: Vec<T>,
}

impl<T> Default for Lists<T> {
    fn default() -> Lists<T> {
        Lists { starts: Vec::new(), all: Vec::new() }
    }
}

impl<T: Copy> Lists<T> {
    /// The lists of so many numbers, each in the order in which its parts come.
    pub fn of(count: usize, parts: Vec<(u32, T)>) -> Lists<T> {
        let mut starts = vec![0; count + 1];
        for (number, _) in &parts {
            starts[*number as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut order = vec![0; parts.len()];
        for ((number, _), n) in parts.iter().zip(0..) {
            let at = &mut next[*number as usize];
            order[*at as usize] = n;
            *at += 1;
        }
        Lists { starts, all: order.into_iter().map(|n: u32| parts[n as usize].1).collect() }
    }

    pub fn of_number(&self, number: u32) -> &[T] {
        match self.starts.get(number as usize..number as usize + 2) {
            Some([start, end]) => &self.all[*start as usize..*end as usize],
            _ => &[],
        }
    }
}
