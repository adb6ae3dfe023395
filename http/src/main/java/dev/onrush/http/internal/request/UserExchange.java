package dev.onrush.http.internal.request;

import java.util.Objects;
import java.util.Set;

import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

import dev.onrush.core.check.BodyFact;
import dev.onrush.core.check.CheckResult;
import dev.onrush.core.engine.Action;
import dev.onrush.core.engine.Message;
import dev.onrush.core.engine.Poller;
import dev.onrush.core.engine.SlotWait;
import dev.onrush.core.engine.VirtualUser;
import dev.onrush.core.eventlog.ErrorClass;
import dev.onrush.http.internal.wire.BodyWatch;
import dev.onrush.http.internal.wire.Carrier;
import dev.onrush.http.internal.wire.Exchange;
import dev.onrush.http.internal.wire.Failure;

/**
 * One user's request on its way, hop by hop, and the message by which the user goes on. One object per user, used again for
 * every request. All but {@link #ended} is for whoever runs the user.
 */
final class UserExchange extends Exchange implements Message {
    private static final byte[] NO_BYTES = {};
    private static final int NOT_MODIFIED = 304;
    private static final int UNAUTHORIZED = 401;

    private final HttpUser owner;
    private final VirtualUser user;
    /** Null: the user waits for this one alone. */
    private final @Nullable ResourceGroup group;
    /** Null: it need not wait for others. */
    private final @Nullable Turn turn;

    private final Hop hop;
    private final RequestRecord record;
    private final ResponseCheck check;
    private final PageSearch page;
    /** Null: there is no throttle. */
    private final @Nullable SlotWait slotWait;

    private @Nullable HttpRequestAction action;
    /** Sent, or its body being looked at, and not yet received. */
    private boolean isAwaited;
    /** Ready to be sent, and its slot has not come. */
    private boolean waitsForSlot;

    /** @param group of which it is one, null: none */
    UserExchange(HttpUser owner, @Nullable ResourceGroup group) {
        super(owner.client().wire());
        this.owner = owner;
        this.group = group;
        this.user = owner.user();
        this.turn = group == null || owner.client().sharesConnections() ? null : new Turn(group, this);
        this.hop = new Hop(owner);
        this.record = new RequestRecord(owner, hop);
        this.check = new ResponseCheck(owner, hop, record.sample());
        this.page = new PageSearch(owner, hop);
        this.slotWait = user.isThrottled() ? new SlotWait(user, this) : null;
    }

    /** Starts that action's request; null if the user now waits. */
    @Nullable
    Action begin(HttpRequestAction what) {
        begun(what);
        return goOut(hop.begin(what));
    }

    /** Fetches a resource that was found on a page, for which {@code home} was asked. */
    void beginFound(HttpRequestAction what, Url resource, Url home) {
        begun(what);
        goOut(hop.beginFound(what, resource, home));
    }

    private void begun(HttpRequestAction what) {
        action = what;
        beginTurn();
        record.begin();
    }

    private void beginHop() {
        beginTurn();
        record.beginHop();
    }

    private void beginTurn() {
        if (turn != null) {
            turn.begin();
        }
    }

    /** What the hop asks for is sent, unless the cache has it or it could not even be made. */
    private @Nullable Action goOut(@Nullable Failure failure) {
        record.sample().silent = action().isSilent(hop.urlIfKnown(), group != null && group.areResources());
        if (failure != null) {
            return notSent(failure);
        }
        return hop.requestIfSent() == null ? served() : dispatch();
    }

    private @Nullable Action notSent(Failure why) {
        isAwaited = false;
        record.notSent(why);
        return end();
    }

    private @Nullable Action served() {
        record.served();
        page.isKnown(action());
        return end();
    }

    // ---- on its way

    /** Sends it, once it has its slot if there is a throttle. */
    private @Nullable Action dispatch() {
        if (slotWait == null) {
            send();
            return null;
        }
        return switch (slotWait.take(record.sample())) {
            case NOW -> {
                send();
                yield null;
            }
            case LATER -> {
                waitsForSlot = true;
                yield null;
            }
            case REFUSED ->
                notSent(new Failure(
                        ErrorClass.THROTTLE_QUEUE_FULL, "no more requests may wait for a slot of the throttle"));
        };
    }

    private void send() {
        isAwaited = true;
        if (group != null) {
            group.started(record.sample());
        }
        if (turn == null
                || turn.admits(hop.url().origin(), owner.client().wire().now())) {
            sendNow();
        }
    }

    /** Its turn has come. */
    void admitted() {
        Objects.requireNonNull(turn).admitted(owner.client().wire().now());
        send();
    }

    private void sendNow() {
        HttpRequestAction what = action();
        send(
                owner.connections(),
                hop.url().origin(),
                hop.route(),
                hop.request(),
                what.timeouts(),
                what.readsBody() || record.tellsBody(),
                what.protocol().maxBodyBytes);
    }

    /** What is told of a body is told of it decoded; if that cannot be done piece by piece, it is kept. */
    @Override
    protected boolean keepsBody(HttpResponse head) {
        return super.keepsBody(head)
                || page.filter(action(), head) != null
                || (!action().checks().bodyFacts().isEmpty() && !PassingBody.suits(head));
    }

    @Override
    protected @Nullable BodyWatch watch(HttpResponse head) {
        Set<BodyFact> wanted = action().checks().bodyFacts();
        return wanted.isEmpty() ? null : new PassingBody(wanted, head, action().protocol().maxBodyBytes);
    }

    @Override
    protected void ended(boolean onIoThread) {
        if (onIoThread) {
            user.deliver(this);
        } else {
            user.deliverOnLoop(this);
        }
    }

    // ---- what came of it

    @Override
    public @Nullable Action receive(VirtualUser receiver) {
        if (waitsForSlot) {
            waitsForSlot = false;
            send();
            return null;
        }
        if (!isAwaited) {
            return null; // the run was cut off
        }
        CheckResult checked = check.takeResult();
        if (checked != null) {
            return conclude(checked);
        }
        return switch (outcome()) {
            case UNSENT -> {
                sendNow();
                yield null;
            }
            case STALE -> stale();
            case FAILED -> failed();
            case ANSWERED -> answered();
        };
    }

    private @Nullable Action stale() {
        if (record.isResent() || !hop.request().isIdempotent()) {
            return failed();
        }
        describe();
        record.endAttempt(Objects.requireNonNull(failure()));
        sendNow();
        return null;
    }

    private @Nullable Action failed() {
        describe();
        release();
        record.failed(Objects.requireNonNull(failure()));
        Carrier connection = carrier();
        if (connection != null) {
            record.came(connection.response(), NO_BYTES);
        }
        return end();
    }

    private @Nullable Action answered() {
        Carrier connection = Objects.requireNonNull(carrier());
        HttpResponse head = Objects.requireNonNull(connection.response());
        byte[] body = connection.takeBody();
        PassingBody passing = (PassingBody) connection.takeWatch();
        describe();
        if (connection.hasUnexpectedBytes()) {
            record.unexpectedBytes();
        }
        owner.connections().giveBack(connection);
        release();
        record.came(head, body);
        learn(head);
        if (action().followsRedirects() && Redirects.leadsOn(head)) {
            return redirect(head);
        }
        if (head.getCode() == UNAUTHORIZED && action().hasDigest() && hop.isHome(hop.url())) {
            DigestChallenge asked = DigestChallenge.of(head);
            if (asked != null && hop.mayAnswer(asked)) {
                return answer(asked);
            }
        }
        if (group == null && action().tellsPage() && HtmlPage.isShown(hop.request(), head)) {
            owner.page(hop.url());
        }
        if (head.getCode() == NOT_MODIFIED) {
            page.isKnown(action());
        }
        ResourceFilter filter = page.filter(action(), head);
        if (body.length > owner.client().blockingBytes()) {
            check.elsewhere(action(), head, body, filter, this);
            return null;
        }
        return conclude(check.here(action(), head, body, passing, filter));
    }

    /** What the user remembers of it: cookies, what need not be asked for again. */
    private void learn(HttpResponse head) {
        Url from = hop.url();
        if (head.containsHeader("Set-Cookie") && owner.cookiesToFill().store(head, from) > 0) {
            owner.client()
                    .environment()
                    .warn(
                            "cookies were dropped: more than 300 per user, longer than 8 KiB, or with control characters");
        }
        HttpCache cache = owner.cache();
        if (cache == null && hop.plain().method().equals("GET") && HttpCache.matters(head)) {
            cache = owner.cacheToFill();
        }
        if (cache != null) {
            cache.learn(from, hop.plain(), head, endNanos());
        }
    }

    private @Nullable Action redirect(HttpResponse head) {
        Redirects.Way way = Redirects.way(head, hop.url());
        Url to = way.url();
        Failure failure = to == null ? Objects.requireNonNull(way.failure()) : hop.redirectable(to);
        if (to == null || failure != null) {
            record.ko(Objects.requireNonNull(failure));
            return end();
        }
        isAwaited = false;
        record.end();
        beginHop();
        return goOut(hop.redirect(head.getCode(), to));
    }

    /** The same request with the password shown; what came so far is a request of its own, and OK. */
    private @Nullable Action answer(DigestChallenge asked) {
        isAwaited = false;
        record.end();
        beginHop();
        return goOut(hop.answer(asked));
    }

    private @Nullable Action conclude(CheckResult result) {
        check.save(result, action());
        page.found(check.takeFound());
        String errorClass = result.errorClass();
        if (errorClass != null) {
            record.ko(new Failure(errorClass, result.message()));
        }
        return end();
    }

    private void describe() {
        record.describe(this, turn == null ? 0 : turn.waitNanos());
    }

    private @Nullable Action end() {
        isAwaited = false;
        record.end();
        return goOn();
    }

    /** Where the user goes on; null if it waits for others. */
    private @Nullable Action goOn() {
        if (group != null) {
            return group.ended(this, record.sample());
        }
        HttpRequestAction what = action();
        FoundResources found = page.take(what);
        return record.isKo() || found == null && what.resources().isEmpty()
                ? what.next()
                : owner.resources().beginResources(what.resources(), found, what.next());
    }

    private void release() {
        if (turn != null) {
            turn.release();
        }
    }

    @Override
    public Action next() {
        return action().next();
    }

    @Override
    public @Nullable Poller poller() {
        return group == null ? null : group.poller();
    }

    @Override
    public String place() {
        HttpRequestAction mine = action;
        return mine == null ? "" : mine.place();
    }

    private HttpRequestAction action() {
        return Objects.requireNonNull(action);
    }

    /** Where it leads. */
    Url url() {
        return hop.url();
    }

    /** Null if it has no valid one. */
    @Nullable
    Url urlIfKnown() {
        return hop.urlIfKnown();
    }

    boolean isCheckedElsewhere() {
        return check.isElsewhere();
    }

    // ---- the end of the run

    /** The run is cut off: what is on its way is recorded as unfinished. */
    void cutOff(long nowNanos) {
        if (waitsForSlot) {
            waitsForSlot = false;
            record.endUnsent(nowNanos);
            return;
        }
        if (!isAwaited) {
            return;
        }
        isAwaited = false;
        abandon();
        if (turn != null && turn.cutOff()) {
            record.named();
        } else {
            describe();
        }
        record.endUnfinished(nowNanos);
    }

    /** Its I/O thread is held: what is on its way there is a failure. Returns whether there was something. */
    boolean blocked(Thread thread, String place) {
        Failure why =
                new Failure(ErrorClass.USER_BLOCKED, thread.getName() + " was held for more than 1 s by " + place);
        if (!giveUp(thread, why)) {
            return false;
        }
        failed();
        return true;
    }
}
