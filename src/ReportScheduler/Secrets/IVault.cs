namespace ReportScheduler.Secrets;

/// <summary>The user's vaults. Who knows PowerShell gives it; everything below asks for a value only.</summary>
internal interface IVault
{
    /// <param name="vault">The vault's name; null for the default one.</param>
    /// <param name="name">The secret's name.</param>
    /// <param name="reference">Both as the person wrote them, for messages.</param>
    /// <exception cref="ReportException">Module, vault or secret is missing, or the vault is locked.</exception>
    string Read(string? vault, string name, string reference);
}
