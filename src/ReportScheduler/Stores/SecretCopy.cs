using ReportScheduler.Store;
using ReportScheduler.Store.Relational;

namespace ReportScheduler.Stores;

/// <summary>Protected texts on their way to another store, which has a key of its own.</summary>
/// <param name="from">The store that they are from.</param>
/// <param name="to">The store that they go to.</param>
/// <param name="isBackup">Whether the first is a backup, which may have come without its key.</param>
internal sealed class SecretCopy(IReportStore from, IReportStore to, bool isBackup)
{
    /// <summary>How many cannot be read here, and are to be set again.</summary>
    public int WithoutKey { get; private set; }

    /// <summary>A key that is not here is found before anything is noted on a store.</summary>
    /// <exception cref="ReportException">StoreKeyMissing, or a text that cannot be read here.</exception>
    public void Check()
    {
        (to as RelationalStore)?.Key.Check();
        foreach (var text in isBackup ? [] : ProtectedTexts.Of(from).Where(text => !CanRead(text)))
        {
            _ = from.Secrets.Unprotect(text);
        }
    }

    /// <summary>The text as the new store can read it. One that it can read already, as after a backup of it, stays.</summary>
    public string Again(string protectedText) => CanRead(protectedText) ? protectedText : AgainWithKeyOf(protectedText);

    private bool CanRead(string protectedText)
    {
        try
        {
            to.Secrets.Unprotect(protectedText);
            return true;
        }
        catch (ReportException)
        {
            return false;
        }
    }

    // all else in a backup is of use
    private string AgainWithKeyOf(string protectedText)
    {
        string plain;
        try
        {
            plain = from.Secrets.Unprotect(protectedText);
        }
        catch (ReportException) when (isBackup)
        {
            WithoutKey++;
            return protectedText;
        }

        return to.Secrets.Protect(plain);
    }
}
