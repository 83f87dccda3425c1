// CPU time and fuel, and the one way to stop a script for good.
//
// A count hook slows every Lua loop about twofold whatever its interval, so by default there is none: a timer on the
// CPU clock of the evaluating thread sets the hook from its signal handler once the budget is spent. lua_sethook is
// the one thing Lua allows a handler to do. With fuel, a count hook is there from the start: slower, and repeatable.
#ifdef __linux__
#define _GNU_SOURCE
#endif
#include "pl_internal.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/syscall.h>
#ifndef sigev_notify_thread_id
#define sigev_notify_thread_id _sigev_un._tid
#endif
#endif

enum { fuel_step = 1000, clock_step = 10000 };

static const char stop_mark = 0;  // its address is the error value of a stop: raising it allocates nothing

static void raise_hook(lua_State *L, lua_Debug *event) {
    (void)event;
    pl_sandbox *sandbox = pl_of(L);
    pl_stop(L, sandbox->verdict == PL_OK ? PL_CPU : (pl_verdict)sandbox->verdict);
}

void pl_stop_soon(pl_sandbox *sandbox) { lua_sethook(sandbox->L, raise_hook, LUA_MASKCOUNT, 1); }

void pl_stop_for_memory(lua_State *L, size_t size) {
    pl_sandbox *sandbox = pl_of(L);
    if (sandbox->verdict == PL_OK) pl_note_refusal(sandbox, size);
    pl_stop(L, PL_MEMORY);
}

void pl_stop(lua_State *L, pl_verdict verdict) {
    pl_sandbox *sandbox = pl_of(L);
    if (sandbox->verdict == PL_OK) {
        sandbox->verdict = verdict;
        pl_note_position(L, sandbox);
    }
    pl_stop_soon(sandbox);  // whatever catches this is stopped at its next instruction
    lua_pushlightuserdata(L, (void *)&stop_mark);
    lua_error(L);
    abort();  // never reached: lua_error does not return
}

int pl_rethrow_if_stopped(lua_State *L, int status) {
    pl_sandbox *sandbox = pl_of(L);
    if (status == LUA_ERRMEM && sandbox->verdict == PL_OK) sandbox->verdict = PL_MEMORY;
    if (sandbox->verdict != PL_OK) pl_stop(L, (pl_verdict)sandbox->verdict);
    if (status == LUA_ERRERR) return luaL_error(L, "error while handling an error");
    return status;
}

// One more than the limit is as far as the count goes: work beyond it is not done.
static void bill(pl_sandbox *sandbox, uint64_t units) {
    uint64_t beyond = sandbox->limits.fuel < UINT64_MAX ? sandbox->limits.fuel + 1 : UINT64_MAX;
    uint64_t left = beyond - sandbox->fuel_spent;
    sandbox->fuel_spent += units < left ? units : left;
}

void pl_spend_slowly(lua_State *L, uint64_t units) {
    pl_sandbox *sandbox = pl_of(L);
    if (sandbox->verdict != PL_OK) pl_stop(L, (pl_verdict)sandbox->verdict);
    if (sandbox->expired) pl_stop(L, PL_CPU);
    if (sandbox->limits.fuel == 0) return;
    bill(sandbox, units);
    if (sandbox->fuel_spent > sandbox->limits.fuel) pl_stop(L, PL_FUEL);
    // The instructions of this stretch may turn out to be too many when it is settled: this line is named then.
    if (sandbox->limits.fuel - sandbox->fuel_spent < fuel_step) pl_note_position(L, sandbox);
}

void pl_bill_work(pl_sandbox *sandbox, uint64_t units) {
    if (sandbox->limits.fuel != 0) bill(sandbox, units);
}

// Fuel. Lua counts instructions down to the hook and tells nobody how many are left, so the rest of a stretch is
// measured when a call ends: a gauge of one instruction a line runs until the hook fires, and the line tells. So every
// instruction is counted, whatever calls it was spread over.

static void fuel_hook(lua_State *L, lua_Debug *event);

// The hook fires at the first instruction beyond the limit, if not earlier.
static void arm_fuel(pl_sandbox *sandbox) {
    uint64_t left = sandbox->limits.fuel - sandbox->fuel_spent;
    sandbox->armed = left < fuel_step ? (int)left + 1 : fuel_step;
    lua_sethook(sandbox->L, fuel_hook, LUA_MASKCOUNT, sandbox->armed);
}

static void fuel_hook(lua_State *L, lua_Debug *event) {
    pl_sandbox *sandbox = pl_of(L);
    if (sandbox->gauging) {
        lua_getinfo(L, "l", event);
        sandbox->unused = event->currentline - 1;
        lua_sethook(L, NULL, 0, 0);
        return;
    }
    bill(sandbox, (uint64_t)sandbox->armed);
    if (sandbox->fuel_spent > sandbox->limits.fuel) pl_stop(L, PL_FUEL);
    arm_fuel(sandbox);
}

void pl_make_gauge(lua_State *L) {
    luaL_Buffer source;
    luaL_buffinit(L, &source);
    luaL_addstring(&source, "return function()\nlocal x\n");
    for (int i = 0; i < fuel_step; i++) luaL_addstring(&source, "x=1\n");
    luaL_addstring(&source, "end");
    luaL_pushresult(&source);
    if (luaL_loadstring(L, lua_tostring(L, -1)) != LUA_OK) lua_error(L);
    lua_call(L, 0, 1);
    pl_of(L)->gauge_ref = luaL_ref(L, LUA_REGISTRYINDEX);
    lua_pop(L, 1);
}

// Bills what was used of the stretch that is armed. Without memory to find out, that is all of it.
static void settle_fuel(pl_sandbox *sandbox) {
    lua_State *L = sandbox->L;
    if (sandbox->verdict != PL_OK || lua_gethook(L) != fuel_hook) return;
    sandbox->unused = 0;
    sandbox->gauging = true;
    lua_rawgeti(L, LUA_REGISTRYINDEX, sandbox->gauge_ref);
    if (lua_pcall(L, 0, 0, 0) != LUA_OK) lua_settop(L, 0);
    sandbox->gauging = false;
    lua_sethook(L, NULL, 0, 0);
    // The hook counts the instruction that it stands before.
    bill(sandbox, (uint64_t)(sandbox->armed - sandbox->unused));
    if (sandbox->fuel_spent > sandbox->limits.fuel) sandbox->verdict = PL_FUEL;
}

static double seconds(struct timespec t) { return (double)t.tv_sec + (double)t.tv_nsec * 1e-9; }

static double thread_cpu_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return seconds(now);
}

#ifdef __linux__

// The sandbox that runs on this thread, which is also the thread that its timer's signal goes to. Other threads have
// sandboxes and timers of their own.
static _Thread_local pl_sandbox *volatile running;

static void arm_timer(pl_sandbox *sandbox, double duration);

// How long a script may go on after its budget, in seconds: all functions look at the clock every few milliseconds, so what
// is not over by then is one of the few things in Lua that no hook interrupts. Sanitizers slow down everything, and so does a
// build without optimisation: there a verb's step must not be taken for a script that goes on.
#ifndef __OPTIMIZE__
#define PL_SLOW 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define PL_SLOW 1
#endif
#endif
#ifdef PL_SLOW
static const double last_chance = 0.15;
#else
static const double last_chance = 0.04;
#endif

static void write_lowest_first(uint8_t *bytes, size_t count, uint64_t number) {
    for (size_t i = 0; i < count; i++) bytes[i] = (uint8_t)(number >> 8 * i);
}

// The line goes into the last four bytes, that of the script itself, also where it is inside a module; its time since the
// words were chosen is added to the eight before.
static void note_last_moment(pl_sandbox *sandbox) {
    if (sandbox->farewell_length < 12) return;
    uint8_t *end = sandbox->farewell + sandbox->farewell_length;
    pl_note_position(sandbox->L, sandbox);
    write_lowest_first(end - 4, 4, (uint64_t)sandbox->script_line);
    double spent = sandbox->cpu_spent + thread_cpu_seconds() - seconds(sandbox->call_began);
    double total = sandbox->farewell_seconds + spent - sandbox->farewell_from;
    uint64_t bits;
    memcpy(&bits, &total, sizeof bits);
    write_lowest_first(end - 12, 8, bits);
}

// Ends the process. No other text is half written: the host writes nothing while a script's clock runs.
_Noreturn static void say_farewell(pl_sandbox *sandbox) {
    note_last_moment(sandbox);
    size_t said = 0;
    while (said < sandbox->farewell_length) {
        ssize_t count = write(sandbox->farewell_descriptor, sandbox->farewell + said, sandbox->farewell_length - said);
        if (count <= 0) break;
        said += (size_t)count;
    }
    _exit(PL_EXIT_CPU);
}

// The clock runs for host work between calls too, which is not the script's, so the timer may come early; and it is
// armed once rather than for every call, which would cost more than many a call does. All calls here are among those
// that a handler may make.
static void on_timer(int signal, siginfo_t *info, void *context) {
    (void)signal, (void)context;
    pl_sandbox *sandbox = info->si_value.sival_ptr;
    if (sandbox == NULL) return;
    sandbox->timer_armed = 0;
    if (running != sandbox) return;  // the next call arms it
    if (sandbox->expired) say_farewell(sandbox);  // it was told to stop and goes on
    double left = sandbox->limits.cpu_seconds - (sandbox->cpu_spent + thread_cpu_seconds() - seconds(sandbox->call_began));
    if (left > 0) {
        arm_timer(sandbox, left);
        return;
    }
    sandbox->expired = 1;
    arm_timer(sandbox, last_chance);
    lua_sethook(sandbox->L, raise_hook, LUA_MASKCOUNT, 1);
}

void pl_clock_open(pl_sandbox *sandbox) {
    if (sandbox->limits.cpu_seconds <= 0) return;
    struct sigaction action = {.sa_sigaction = on_timer, .sa_flags = SA_SIGINFO | SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigaction(SIGVTALRM, &action, NULL);
    sigset_t ours;  // threads of a pool come with most signals blocked
    sigemptyset(&ours);
    sigaddset(&ours, SIGVTALRM);
    pthread_sigmask(SIG_UNBLOCK, &ours, NULL);
    struct sigevent event = {.sigev_notify = SIGEV_THREAD_ID, .sigev_signo = SIGVTALRM};
    event.sigev_value.sival_ptr = sandbox;
    event.sigev_notify_thread_id = (pid_t)syscall(SYS_gettid);
    sandbox->has_timer = timer_create(CLOCK_THREAD_CPUTIME_ID, &event, &sandbox->timer) == 0;
}

void pl_clock_close(pl_sandbox *sandbox) {
    if (sandbox->has_timer) timer_delete(sandbox->timer);
    sandbox->has_timer = false;
}

static struct timespec timespec_of(double duration) {
    if (duration < 1e-6) duration = 1e-6;
    struct timespec t = {.tv_sec = (time_t)duration};
    t.tv_nsec = (long)((duration - (double)t.tv_sec) * 1e9);
    return t;
}

static void arm_timer(pl_sandbox *sandbox, double duration) {
    if (!sandbox->has_timer) return;
    struct itimerspec times = {.it_value = timespec_of(duration)};
    sandbox->timer_armed = 1;
    timer_settime(sandbox->timer, 0, &times, NULL);
}

static void start_clock(pl_sandbox *sandbox) {
    running = sandbox;
    if (sandbox->timer_armed) return;  // it comes when the budget may be spent, or before
    double left = sandbox->limits.cpu_seconds - sandbox->cpu_spent;
    arm_timer(sandbox, sandbox->expired ? last_chance : left);
}

static void stop_clock(pl_sandbox *sandbox) {
    (void)sandbox;
    running = NULL;
}

#else  // no timers on thread clocks: a count hook looks at the clock, and the parent's deadline stands behind it

static void clock_hook(lua_State *L, lua_Debug *event) {
    (void)event;
    pl_sandbox *sandbox = pl_of(L);
    double spent = sandbox->cpu_spent + thread_cpu_seconds() - seconds(sandbox->call_began);
    if (spent > sandbox->limits.cpu_seconds) pl_stop(L, PL_CPU);
}

void pl_clock_open(pl_sandbox *sandbox) { (void)sandbox; }
void pl_clock_close(pl_sandbox *sandbox) { (void)sandbox; }
static void start_clock(pl_sandbox *sandbox) {
    if (sandbox->limits.fuel == 0) lua_sethook(sandbox->L, clock_hook, LUA_MASKCOUNT, clock_step);
}
static void stop_clock(pl_sandbox *sandbox) { (void)sandbox; }

#endif

void pl_resume_clock(pl_sandbox *sandbox) {
    if (sandbox->clock_running || !sandbox->in_call) return;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &sandbox->call_began);
    sandbox->clock_running = true;
    if (sandbox->limits.cpu_seconds > 0) start_clock(sandbox);
}

void pl_pause_clock(pl_sandbox *sandbox) {
    if (!sandbox->clock_running) return;
    if (sandbox->limits.cpu_seconds > 0) stop_clock(sandbox);
    sandbox->cpu_spent += thread_cpu_seconds() - seconds(sandbox->call_began);
    sandbox->clock_running = false;
}

void pl_begin_call(pl_sandbox *sandbox) {
    sandbox->in_call = true;
    sandbox->enforcing = true;
    sandbox->refusal_pending = false;
    sandbox->second_chances = 8;
    sandbox->message[0] = 0;
    sandbox->line = sandbox->script_line = sandbox->returned_line = 0;
    sandbox->file[0] = 0;
    sandbox->requiring_count = 0;
    sandbox->traceback_count = 0;
    sandbox->result.length = 0;
    sandbox->result.failed = false;
    sandbox->kept.length = 0;
    sandbox->result_keys = 0;
    if (sandbox->verdict != PL_OK) return;  // it will not run: no hook, and no timer that would end the process
    if (sandbox->limits.fuel != 0) arm_fuel(sandbox);
    pl_resume_clock(sandbox);
}

pl_verdict pl_end_call(pl_sandbox *sandbox, pl_verdict verdict) {
    pl_pause_clock(sandbox);
    sandbox->enforcing = false;
    sandbox->in_call = false;
    if (sandbox->limits.fuel != 0) settle_fuel(sandbox);
    return sandbox->verdict != PL_OK ? (pl_verdict)sandbox->verdict : verdict;
}

void pl_set_farewell(pl_sandbox *sandbox, int descriptor, const uint8_t *bytes, size_t length, double used) {
    if (length > sizeof sandbox->farewell) length = 0;
    memcpy(sandbox->farewell, bytes, length);
    sandbox->farewell_length = length;
    sandbox->farewell_seconds = used;
    sandbox->farewell_from = sandbox->cpu_spent;
    sandbox->farewell_descriptor = descriptor;
}

bool pl_is_over(const pl_sandbox *sandbox) {
    return sandbox->expired || (sandbox->limits.fuel != 0 && sandbox->fuel_spent > sandbox->limits.fuel);
}

double pl_cpu_spent(const pl_sandbox *sandbox) { return sandbox->cpu_spent; }
uint64_t pl_fuel_spent(const pl_sandbox *sandbox) { return sandbox->fuel_spent; }
