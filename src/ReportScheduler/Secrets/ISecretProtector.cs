namespace ReportScheduler.Secrets;

/// <summary>Keeps passwords readable for the account that runs the tasks and for nobody who only has the store file.</summary>
internal interface ISecretProtector
{
    /// <summary>Text that is safe to keep in the store.</summary>
    string Protect(string plainText);

    /// <exception cref="ReportException">The key is not there or is not the one it was protected with.</exception>
    string Unprotect(string protectedText);
}
