package dev.onrush.examples.target;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A small shop: 100 items, a login, a basket per login, orders.
 *
 * <p>Any user name is a customer; its password is {@code <name>-secret}. The newest 100 000 logins and orders are kept.
 */
final class Shop {
    static final String COOKIE = "shop_session";

    private static final int ITEMS = 100;
    private static final int ITEMS_PER_PAGE = 10;
    private static final int MOST_OF_ONE = 99;
    private static final int MOST_LINES = 100;
    private static final List<String> THINGS =
            List.of("lamp", "chair", "kettle", "rug", "clock", "vase", "shelf", "mirror", "blanket", "teapot");

    record Item(int id, String name, BigDecimal price) {}

    record Line(int item, int quantity, BigDecimal price) {}

    record Page(int page, int pages, List<Item> items) {}

    record Content(List<Line> lines, BigDecimal total) {}

    record Order(String id, String customer, List<Line> lines, BigDecimal total) {}

    /** One login with its basket. Guarded by itself: a customer may well use two connections. */
    private static final class Visit {
        final String customer;
        final List<Line> basket = new ArrayList<>();

        Visit(String customer) {
            this.customer = customer;
        }
    }

    private final Newest<Visit> visits = new Newest<>(100_000);
    private final Newest<Order> orders = new Newest<>(100_000);
    private final AtomicLong lastOrder = new AtomicLong();

    List<Route> routes() {
        return List.of(
                Route.of("/", "GET", Route.Door.OPEN, call -> frontPage()),
                Route.of("/login", "POST", Route.Door.OPEN, this::login),
                Route.of("/items", "GET", Route.Door.OPEN, Shop::items),
                Route.of("/items/{id}", "GET", Route.Door.OPEN, Shop::item),
                Route.of("/basket", "GET", this::withoutLogin, this::basket)
                        .and("POST", this::withoutLogin, this::addToBasket),
                Route.of("/checkout", "POST", this::withoutLogin, this::checkout),
                Route.of("/orders/{id}", "GET", this::withoutLogin, this::order));
    }

    private @Nullable Answer withoutLogin(Call call) {
        return visit(call) != null
                ? null
                : Answer.error(401, "log in first: POST /login sets the cookie '" + COOKIE + "'");
    }

    private @Nullable Visit visit(Call call) {
        String id = call.cookie(COOKIE);
        return id == null ? null : visits.get(id);
    }

    private Answer login(Call call) {
        Map<String, String> form = call.form();
        String name = form.getOrDefault("username", "");
        if (name.isEmpty() || !(name + "-secret").equals(form.get("password"))) {
            return Answer.error(401, "user name and password do not match");
        }
        String id = UUID.randomUUID().toString();
        visits.put(id, new Visit(name));
        return Answer.json(200, Map.of("customer", name)).with("Set-Cookie", COOKIE + "=" + id + "; Path=/; HttpOnly");
    }

    private static Answer frontPage() {
        return Answer.html("""
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><title>The shop</title></head>
                <body><h1>The shop</h1><p>%d things for the house. <a href="/items?page=1">Look at them</a>.</p>
                <form id="login" action="/login" method="post"><input name="username"><input name="password" type="password">\
                <button>Log in</button></form></body></html>
                """.formatted(ITEMS));
    }

    private static Answer items(Call call) {
        int pages = ITEMS / ITEMS_PER_PAGE;
        int page = number(call.queryParameters().getOrDefault("page", "1"));
        if (page < 1 || page > pages) {
            return Answer.error(404, "pages are 1 to " + pages);
        }
        List<Item> items = new ArrayList<>();
        for (int id = (page - 1) * ITEMS_PER_PAGE + 1; id <= page * ITEMS_PER_PAGE; id++) {
            items.add(itemOf(id));
        }
        return Answer.json(200, new Page(page, pages, items));
    }

    private static Answer item(Call call) {
        int id = number(call.tail());
        return exists(id) ? Answer.json(200, itemOf(id)) : Answer.error(404, "items are 1 to " + ITEMS);
    }

    private Answer basket(Call call) {
        Visit visit = visit(call);
        return visit == null ? Answer.error(401, "the login has ended") : Answer.json(200, content(visit));
    }

    private Answer addToBasket(Call call) {
        JsonNode wish = Answer.JSON.readTree(call.body());
        int item = wish.path("item").asInt(0);
        int quantity = wish.path("quantity").asInt(0);
        if (!exists(item) || quantity < 1 || quantity > MOST_OF_ONE) {
            return Answer.error(
                    400, "'item' from 1 to " + ITEMS + " and 'quantity' from 1 to " + MOST_OF_ONE + " are expected");
        }
        Visit visit = visit(call);
        if (visit == null) {
            return Answer.error(401, "the login has ended");
        }
        synchronized (visit) {
            if (visit.basket.size() == MOST_LINES) {
                return Answer.error(409, "the basket is full (" + MOST_LINES + " lines)");
            }
            visit.basket.add(new Line(item, quantity, itemOf(item).price()));
        }
        return Answer.json(201, content(visit));
    }

    private Answer checkout(Call call) {
        Visit visit = visit(call);
        if (visit == null) {
            return Answer.error(401, "the login has ended");
        }
        Order order;
        synchronized (visit) {
            if (visit.basket.isEmpty()) {
                return Answer.error(409, "the basket is empty");
            }
            Content content = content(visit);
            order = new Order(
                    String.valueOf(lastOrder.incrementAndGet()), visit.customer, content.lines(), content.total());
            visit.basket.clear();
        }
        orders.put(order.id(), order);
        return Answer.redirect("/orders/" + order.id());
    }

    private Answer order(Call call) {
        Visit visit = visit(call);
        Order order = orders.get(call.tail());
        if (visit == null || order == null || !order.customer().equals(visit.customer)) {
            return Answer.error(404, "you have no such order");
        }
        return Answer.json(200, order);
    }

    private static Content content(Visit visit) {
        synchronized (visit) {
            BigDecimal total = BigDecimal.ZERO.setScale(2);
            for (Line line : visit.basket) {
                total = total.add(line.price().multiply(BigDecimal.valueOf(line.quantity())));
            }
            return new Content(List.copyOf(visit.basket), total);
        }
    }

    private static boolean exists(int id) {
        return id >= 1 && id <= ITEMS;
    }

    private static Item itemOf(int id) {
        String name = THINGS.get(id % THINGS.size()) + " no. " + id;
        return new Item(id, name, BigDecimal.valueOf(995 + id * 137L % 9000, 2));
    }

    /** Returns the number, or -1, which is no page and no item. */
    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
