from app.events import ACTIONS, HARMLESS, Emitter, Fixed, Job, nothing, pause


async def stored_by_its_class_bad():
    Fixed().run()  #~ blocking-call-in-async: time.sleep


async def another_field_ok():
    Fixed().run_quick()


async def stored_by_a_constructor_bad():
    job = Job(pause)
    job.run()  #~ blocking-call-in-async: time.sleep


async def another_function_stored_ok():
    job = Job(nothing)
    job.run()


async def stored_and_offloaded_ok():
    job = Job(pause)
    await job.run_in_thread()


async def callback_of_an_emitter_bad():
    emitter = Emitter(on_event=pause)
    emitter.fire()  #~ blocking-call-in-async: time.sleep


async def no_callback_ok():
    emitter = Emitter()
    emitter.fire()


async def listener_bad():
    emitter = Emitter()
    emitter.add(pause)
    emitter.emit()  #~ MISSED blocking-call-in-async: which functions a list that outlives the call holds is not followed


async def stored_and_never_called_ok():
    emitter = Emitter()
    emitter.add(pause)


async def table_bad(name):
    ACTIONS[name]()  #~ blocking-call-in-async: time.sleep


async def table_of_harmless_ones_ok(name):
    HARMLESS[name]()


async def one_entry_bad():
    ACTIONS["pause"]()  #~ blocking-call-in-async: time.sleep
