use crate::backends::{Factory, Memory, Remote};
use crate::interfaces::{Above, Extension, Nobody, One, Provides, Several};

async fn bound_bad<T: One>(one: T) {
    one.load(); //~ blocking-call-in-async: sleep
}

async fn bound_in_where_bad<T>(one: &T)
where
    T: One + Send,
{
    one.reload(); //~ blocking-call-in-async: sleep
}

async fn impl_in_parameter_bad(one: impl One) {
    one.load(); //~ blocking-call-in-async: sleep
}

async fn one_of_several_bad(several: &impl Several) {
    several.load(); //~ blocking-call-in-async: sleep
}

async fn method_of_the_supertrait_bad<T: Above>(above: T) {
    above.load(); //~ blocking-call-in-async: sleep
}

async fn default_method_over_the_supertrait_bad<T: Above>(above: T) {
    above.above(); //~ blocking-call-in-async: sleep
}

async fn blanket_bad(remote: Remote) {
    remote.wait_for_it(); //~ blocking-call-in-async: sleep
}

async fn associated_type_bad(factory: Factory) {
    factory.provide().load(); //~ blocking-call-in-async: sleep
}

async fn associated_type_of_a_parameter_bad<T: Provides>(provider: T) {
    provider.provide().load(); //~ blocking-call-in-async: sleep
    provider.provide_named("x").load(); //~ blocking-call-in-async: sleep
}

async fn associated_function_of_a_parameter_bad<T: One>() {
    let one = T::make();
    one.load(); //~ blocking-call-in-async: sleep
}

async fn method_of_a_trait_by_name_bad(remotes: Vec<Remote>) {
    remotes.iter().for_each(One::load); //~ blocking-call-in-async: sleep
}

async fn associated_function_bad() {
    let remote = Remote::make();
    One::load(&remote); //~ blocking-call-in-async: sleep
    <Remote as Several>::load(&remote); //~ blocking-call-in-async: sleep
}

struct Holder<T> {
    inner: T,
}

impl<T: One> Holder<T> {
    async fn field_bad(&self) {
        self.inner.load(); //~ blocking-call-in-async: sleep
    }

    fn through(&self) {
        self.inner.load();
    }
}

impl Holder<Memory> {
    async fn of_a_type_ok(&self) {
        Several::load(&self.inner);
    }
}

async fn holder_bad(holder: Holder<Remote>) {
    holder.through(); //~ blocking-call-in-async: sleep
}

async fn known_implementation_ok(memory: Memory) {
    memory.load();
}

async fn nobody_implements_it_ok(nobody: impl Nobody) {
    nobody.load();
}

async fn others_ok<T: One + Several>(both: T, remote: Remote) {
    both.size();
    both.name();
    remote.quick();
}
