using System.Collections;
using System.Reflection;
using LiteDB.Engine;

namespace ReportScheduler.Store.LiteDb;

/// <summary>Keeps LiteDB's transactions from their finalizer.</summary>
/// <remarks>On damaged pages a transaction cannot be disposed of. Its finalizer tries that once more, on the garbage collector's
/// thread, where what it throws ends the process.</remarks>
internal static class LiteTransactions
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic;

    private static readonly FieldInfo? Monitor = typeof(LiteEngine).GetField("_monitor", Hidden);
    private static readonly FieldInfo? Open = Monitor?.FieldType.GetField("_transactions", Hidden);

    /// <summary>Whether this LiteDB is built as expected.</summary>
    public static bool CanBeReached => typeof(IDictionary).IsAssignableFrom(Open?.FieldType);

    /// <summary>Suppresses the finalizers of the transactions that are open. Call it before the engine is closed.</summary>
    public static void SuppressFinalizers(LiteEngine engine)
    {
        if (Monitor?.GetValue(engine) is not { } monitor || Open?.GetValue(monitor) is not IDictionary open)
        {
            return;
        }

        foreach (var transaction in open.Values)
        {
#pragma warning disable CA1816 // Not our own object: it is LiteDB's finalizer that must not run.
            GC.SuppressFinalize(transaction);
        }
#pragma warning restore CA1816
    }
}
