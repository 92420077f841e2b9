import { useConfirmedAccounts } from './api';

/** The account of a statement, as people tell it from others: bank, number, and in whose name it is. */
export function AccountName({ id }: { id: string }) {
  const account = useConfirmedAccounts().data?.find((a) => a.id === id);
  if (!account) return null;
  return (
    <>
      {account.bank_name ?? account.bank_bin} · <span className="code">{account.account_number}</span>
      <div className="small soft" lang="vi">
        {account.holder}
      </div>
    </>
  );
}
