namespace ReportScheduler.Changes;

/// <summary>The keys of a result: of each 32 bytes, whatever the key is, so that a million take some 50 MB.</summary>
/// <param name="expected">How many there will be; more are taken as well.</param>
internal sealed class KeyIndex(long expected)
{
    private const long New = -1;

    private UInt128[] keys = new UInt128[Size(expected)];
    private ulong[] rows = new ulong[Size(expected)];

    // where the row of the last result begins, and its complement less one once it was found in the new result; -1 for what is new
    private long[] places = new long[Size(expected)];

    public int Count { get; private set; }

    /// <summary>How many keys of the last result were not in the new one.</summary>
    public int Unseen { get; private set; }

    /// <summary>Adds a row of the last result.</summary>
    /// <returns>False for a key that is there.</returns>
    public bool AddOld(UInt128 key, ulong row, long place)
    {
        var slot = Slot(key);
        if (keys[slot] != 0)
        {
            return false;
        }

        Unseen++;
        Set(slot, key, row, place);
        return true;
    }

    /// <summary>Finds a row of the new result.</summary>
    /// <param name="key">The hash of its key.</param>
    /// <param name="row">The hash of the whole row.</param>
    /// <param name="place">Where it begins in the last result, when it is another row by now.</param>
    public KeyState See(UInt128 key, ulong row, out long place)
    {
        place = 0;
        var slot = Slot(key);
        if (keys[slot] == 0)
        {
            Set(slot, key, row, New);
            return KeyState.Added;
        }

        place = places[slot];
        if (place < 0)
        {
            return KeyState.Repeated;
        }

        Unseen--;
        places[slot] = ~place - 1;
        return rows[slot] == row ? KeyState.Same : KeyState.Changed;
    }

    /// <summary>Where the rows begin whose keys are gone, in their order.</summary>
    public long[] Gone()
    {
        var gone = new long[Unseen];
        var next = 0;
        for (var slot = 0; slot < keys.Length && next < gone.Length; slot++)
        {
            if (keys[slot] != 0 && places[slot] >= 0)
            {
                gone[next++] = places[slot];
            }
        }

        Array.Sort(gone);
        return gone;
    }

    private static int Size(long count) => (int)Math.Clamp(count + (count / 2) + 16, 16, Array.MaxLength / 2);

    private int Slot(UInt128 key)
    {
        // zero is for what is free
        key = key == 0 ? 1 : key;
        var slot = (int)((ulong)key % (ulong)keys.Length);
        while (keys[slot] != 0 && keys[slot] != key)
        {
            slot = slot + 1 == keys.Length ? 0 : slot + 1;
        }

        return slot;
    }

    private void Set(int slot, UInt128 key, ulong row, long place)
    {
        (keys[slot], rows[slot], places[slot]) = (key == 0 ? 1 : key, row, place);
        Count++;
        if (Count > keys.Length / 5 * 4)
        {
            Grow();
        }
    }

    private void Grow()
    {
        var (oldKeys, oldRows, oldPlaces) = (keys, rows, places);
        var size = (int)Math.Min(Array.MaxLength / 2, keys.Length * 3L / 2);
        (keys, rows, places) = (new UInt128[size], new ulong[size], new long[size]);
        for (var i = 0; i < oldKeys.Length; i++)
        {
            if (oldKeys[i] != 0)
            {
                var slot = Slot(oldKeys[i]);
                (keys[slot], rows[slot], places[slot]) = (oldKeys[i], oldRows[i], oldPlaces[i]);
            }
        }
    }
}
