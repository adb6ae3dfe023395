package dev.onrush.core.setting;

/** A setting in force that differs from its default. */
public record SettingValue(Setting setting, String text, SettingSource source) {}
