package dev.onrush.maven;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

import org.jspecify.annotations.Nullable;

/**
 * What the search for simulations needs to know of one class file, read from its bytes: no user class is loaded into
 * Maven's JVM, and classes compiled for a newer Java than Maven runs on are found as well.
 *
 * <p>Format: Java Virtual Machine Specification, chapter 4. Names are internal ones ({@code shop/Buy}).
 */
record ClassFile(String name, @Nullable String superName, int access, boolean noArgConstructor) {
    private static final int MAGIC = 0xCAFEBABE;
    private static final int INTERFACE = 0x0200;
    private static final int ABSTRACT = 0x0400;

    /** Reads up to the methods; does not close the stream. */
    static ClassFile read(InputStream bytes) throws IOException {
        DataInputStream in = new DataInputStream(bytes);
        try {
            if (in.readInt() != MAGIC) {
                throw new IOException("not a class file");
            }
            in.skipNBytes(4); // version
            @Nullable Object[] constants = constants(in);
            int access = in.readUnsignedShort();
            String name = className(constants, in.readUnsignedShort());
            int superIndex = in.readUnsignedShort();
            String superName = superIndex == 0 ? null : className(constants, superIndex);
            in.skipNBytes(2L * in.readUnsignedShort()); // interfaces
            hasNoArgConstructor(constants, in); // fields: skipped in the same way
            return new ClassFile(name, superName, access, hasNoArgConstructor(constants, in));
        } catch (EOFException e) {
            throw new IOException("class file ends too early", e);
        }
    }

    /** Whether the class can be created: a class with a constructor without parameters, named by its author. */
    boolean concrete() {
        int dollar = name.lastIndexOf('$');
        boolean anonymousOrLocal =
                dollar >= 0 && dollar + 1 < name.length() && Character.isDigit(name.charAt(dollar + 1));
        return (access & (INTERFACE | ABSTRACT)) == 0 && noArgConstructor && !anonymousOrLocal;
    }

    /** Text constants as strings, class constants as the index of their name, all others null. */
    private static @Nullable Object[] constants(DataInputStream in) throws IOException {
        @Nullable Object[] constants = new @Nullable Object[in.readUnsignedShort()];
        for (int i = 1; i < constants.length; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> constants[i] = in.readUTF();
                case 7 -> constants[i] = in.readUnsignedShort();
                case 8, 16, 19, 20 -> in.skipNBytes(2);
                case 15 -> in.skipNBytes(3);
                case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
                case 5, 6 -> {
                    in.skipNBytes(8);
                    i++; // long and double take two places
                }
                default -> throw new IOException("constant of unknown kind " + tag);
            }
        }
        return constants;
    }

    private static String className(@Nullable Object[] constants, int index) throws IOException {
        if (index < constants.length
                && constants[index] instanceof Integer name
                && name < constants.length
                && constants[name] instanceof String text) {
            return text;
        }
        throw new IOException("class name missing at constant " + index);
    }

    private static boolean hasNoArgConstructor(@Nullable Object[] constants, DataInputStream in) throws IOException {
        boolean found = false;
        for (int members = in.readUnsignedShort(); members > 0; members--) {
            in.skipNBytes(2); // access
            int name = in.readUnsignedShort();
            int descriptor = in.readUnsignedShort();
            for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
                in.skipNBytes(2);
                in.skipNBytes(Integer.toUnsignedLong(in.readInt()));
            }
            found |= "<init>".equals(at(constants, name)) && "()V".equals(at(constants, descriptor));
        }
        return found;
    }

    private static @Nullable Object at(@Nullable Object[] constants, int index) {
        return index < constants.length ? constants[index] : null;
    }
}
