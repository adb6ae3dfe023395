package dev.onrush.core.session;

/** The same value in every session. */
record Constant<T>(T value) implements Expression<T> {
    @Override
    public T evaluate(UserSession session) {
        return value;
    }

    @Override
    public boolean isConstant() {
        return true;
    }

    @Override
    public String source() {
        return String.valueOf(value);
    }
}
