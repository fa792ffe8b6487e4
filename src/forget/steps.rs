//! What has been done of an erasure and what is left, for whoever is told that it was stopped.

use crate::failure::{Failure, Kind};
use crate::interrupt;

/// What failures say that come before anything is changed.
const UNTRUE: &str = "; nothing was changed";

/// The steps of an erasure in their order.
pub(super) struct Steps {
    done: Vec<&'static str>,
    left: Vec<&'static str>,
}

impl Steps {
    pub(super) fn new(steps: &[&'static str]) -> Self {
        Self { done: Vec::new(), left: steps.to_vec() }
    }

    /// Does the next step, where no signal has asked to stop; a failure says what was done before and what is left.
    pub(super) fn next<T>(&mut self, step: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
        let outcome = interrupt::check().and_then(|()| step());
        match outcome {
            Ok(outcome) => {
                if !self.left.is_empty() {
                    self.done.push(self.left.remove(0));
                }
                Ok(outcome)
            }
            Err(failure) => Err(self.stopped(failure)),
        }
    }

    fn stopped(&self, mut failure: Failure) -> Failure {
        if self.done.is_empty() {
            // So far there are new files alone, which go again.
            return failure;
        }
        for problem in &mut failure.problems {
            problem.message = problem.message.replace(UNTRUE, "");
            problem.hint = problem.hint.take().map(|hint| hint.replace(UNTRUE, ""));
        }
        let (done, left) = (self.done.join(", "), self.left.join(", "));
        let message = format!("the person is not forgotten yet; done: {done}; left: {left}");
        let what_next = "give the same command again: it completes what is left";
        let kind = failure.kind;
        let mut problems = failure.problems;
        problems.extend(Failure::new(kind, message).hint(what_next).problems);
        if kind == Kind::Interrupted {
            // One thing happened, not two.
            let first = problems.remove(0);
            if let Some(last) = problems.last_mut() {
                last.message = format!("{}: {}", first.message, last.message);
            }
        }
        Failure::of(kind, problems)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_that_fails_says_what_is_done_and_what_is_left() {
        let mut steps = Steps::new(&["runs rewritten", "database replaced"]);
        steps.next(|| Ok(())).expect("done");
        let failed = steps.next(|| -> Result<(), _> {
            Err(Failure::new(Kind::Interrupted, "interrupted; nothing was changed"))
        });
        let failure = failed.expect_err("stopped");
        assert_eq!(failure.problems.len(), 1);
        assert_eq!(
            failure.problems[0].message,
            "interrupted: the person is not forgotten yet; done: runs rewritten; left: database replaced"
        );
        assert!(failure.problems[0].hint.as_ref().is_some_and(|hint| hint.contains("same command")));
    }
}
